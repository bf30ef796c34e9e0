/**
 * The shapes that cross room borders: points and boxes, masks, what the HTTP API sends, what the worker and the page
 * say to each other. Only types: nothing here exists at run time.
 *
 * Spaces: "image" is the upright image, x to the right, y down, continuous, the centre of a pixel at +0.5. "Canvas" is
 * the visible canvas in CSS pixels. The brands keep the two apart; `geometry/point.js` makes the values.
 */

// ---------------------------------------------------------------------------------------------------- geometry

declare const space: unique symbol;

/** A position in image pixels. */
export type ImagePoint = { readonly x: number; readonly y: number; readonly [space]: 'image' };

/** A position in CSS pixels from the top left corner of the canvas. */
export type CanvasPoint = { readonly x: number; readonly y: number; readonly [space]: 'canvas' };

/** Width and height, in the pixels of the space that the name says. */
export type Size = { readonly width: number; readonly height: number };

/** Left, top, right, bottom in image pixels, right >= left and bottom >= top. */
export type BoxXyxy = readonly [x0: number, y0: number, x1: number, y1: number];

/** Left, top, width, height in image pixels (the order of COCO). */
export type BoxXywh = readonly [x: number, y: number, width: number, height: number];

/** Where the image lies on the canvas: canvas = image * scale + offset. */
export type Viewport = { readonly scale: number; readonly offsetX: number; readonly offsetY: number };

/** Smallest and largest scale, in canvas pixels per image pixel. */
export type ZoomLimits = { readonly minScale: number; readonly maxScale: number };

// ------------------------------------------------------------------------------------------------------- masks

/** A mask in the compressed run-length form of COCO: column by column, the first run counts background. */
export type Rle = { readonly size: readonly [height: number, width: number]; readonly counts: string };

/**
 * The outline of a mask along the edges of its pixels: x,y pairs of pixel corners, and the index of the pair where each
 * ring starts. Rings close by themselves; filled with the even-odd rule they give the mask exactly.
 */
export type Contours = { readonly points: Int32Array; readonly ringStarts: Int32Array };

/** An outline that may pass between pixels: x,y pairs in image pixels, rings as in `Contours`. For previews only. */
export type SmoothOutline = { readonly points: Float32Array; readonly ringStarts: Int32Array };

/**
 * The horizontal edges of a mask, four numbers each: y, x0, x1, and 1 if the pixels below the edge are inside. The edge
 * runs along the top of pixel row y from x0 to x1; sorted by y, then x0.
 */
export type MaskEdges = Int32Array;

/**
 * The inside of a mask as stretches of the scan that run-length codes use, column by column: start and end of each, in
 * pixels from the top left, ascending, never touching.
 */
export type MaskRuns = Int32Array;

/** What two masks become together. `exclude` keeps what only one of them has. */
export type MaskOperation = 'union' | 'subtract' | 'intersect' | 'exclude';

/** One place of a brush stroke, in image pixels. */
export type StrokePoint = { readonly x: number; readonly y: number; readonly radius: number };

/** A closed line of points, the last joined to the first. */
export type Ring = readonly ImagePoint[];

/** A piece of a mask: row by row, 1 inside and 0 outside, its top left corner at x, y of the image. */
export type MaskRegion = Size & { readonly mask: Uint8Array; readonly x: number; readonly y: number };

/** A mask at image size with everything that follows from it. */
export type ExactMask = {
  readonly rle: Rle;
  /** Number of pixels inside; 0 for an empty mask. */
  readonly area: number;
  readonly bbox: BoxXywh;
  readonly contours: Contours;
};

/** The sizes that map low-resolution logits to image pixels. */
/** A part of an image that was encoded by itself, in whole image pixels. */
export type Crop = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type LogitsPlacement = {
  /** The upright image. */
  readonly imageSize: Size;
  /** The part of the image that the network saw; left out for all of it. */
  readonly crop?: Crop;
  /** What the network saw, after its long side was scaled to the model size. */
  readonly inputSize: Size;
  /** Side of the padded square that the network saw. */
  readonly modelSize: number;
  /** A pixel is inside the mask if its logit is greater than this. */
  readonly threshold: number;
};

// ----------------------------------------------------------------------------------------- prompts and candidates

/** 1: the point is on the object. 0: it is on the background. */
export type PointLabel = 0 | 1;

/** A click, in image pixels. */
export type PromptPoint = ImagePoint & { readonly label: PointLabel };

/** All that the annotator said about one object, points in the order of the clicks. */
export type Prompt = {
  readonly points: readonly PromptPoint[];
  readonly box: BoxXyxy | null;
  /** The threshold that the annotator chose; the model's own when null or left out. */
  readonly threshold?: number | null;
};

/** What a hand can do to a mask. */
export type HandTool = DrawingTool | MaskOperation | 'move' | 'paste' | 'fill_holes' | 'remove_islands' | 'split';
export type DrawingTool = 'brush' | 'eraser' | 'lasso' | 'polygon';

/** A change of a mask by hand, and the box around the pixels that it may have changed. */
export type HandEdit = { readonly tool: HandTool; readonly box: BoxXyxy };

/** What one decoder run answers. `previousLogits` is the low-res answer that is being corrected, side x side values. */
export type DecodeRequest = Prompt & {
  readonly previousLogits: Float32Array | null;
  /** Where inside begins; the model's own threshold when left out. It changes the masks, not the logits. */
  readonly threshold?: number | null;
  /** The part of the image whose embedding answers, and that the logits lie on; all of the image when left out. */
  readonly crop?: Crop | null;
};

/** One mask that the decoder offers. The mask is at image size: what is shown is what is saved. */
export type Candidate = ExactMask & {
  /** Output token: 0 is the single mask, 1 to 3 are the readings of an ambiguous click. */
  readonly token: number;
  /** What the decoder expects the overlap with the truth to be; about 0 to 1. */
  readonly predictedIou: number;
  /** Low-resolution logits, row by row, side * side values; sent back to refine the mask. */
  readonly logits: Float32Array;
  readonly side: number;
  /** The sizes that its exact mask was made with, and the threshold; left out where no decoder of this page made it. */
  readonly placement?: LogitsPlacement;
  /** The part of the image that its logits lie on, where `placement` does not say it. */
  readonly crop?: Crop | null;
  /** The model that gave it, which may not be the one that answers by now; left out where no decoder made it. */
  readonly modelId?: string;
};

/** Answer to a decode request: best candidate first. */
export type DecodeResult = {
  readonly candidates: readonly Candidate[];
  /** Time of the network alone, in milliseconds. */
  readonly decodeMs: number;
  /** From the request to the answer, as the page sees it, in milliseconds. */
  readonly totalMs: number;
};

/** One mask that the decoder offers for a prompt, as logits: it can be drawn, but is never kept. */
export type MaskReading = {
  /** Output token: 0 is the single mask, 1 to 3 are the readings of an ambiguous click. */
  readonly token: number;
  readonly predictedIou: number;
  /** Low-resolution logits, row by row, side * side values. */
  readonly logits: Float32Array;
  readonly side: number;
  readonly placement: LogitsPlacement;
  /** Share of the image that is inside, from the logits alone: good enough to order readings by size. */
  readonly coverage: number;
};

/** Prompts as the decoder's inputs, plain arrays: the worker makes tensors of them. */
export type EncodedPrompt = {
  /** x,y pairs in model pixel indices. */
  readonly pointCoords: Float32Array;
  readonly pointLabels: Float32Array;
  readonly pointCount: number;
  /** side * side values; zeros if there is nothing to correct. */
  /** Logits to correct, or null. */
  readonly maskInput: Float32Array | null;
  /** The output tokens to offer for this prompt. */
  readonly tokens: readonly number[];
};

// ------------------------------------------------------------------------------------------------------ HTTP API

export type ErrorJson = { code: string; message: string; hint: string };

export type EmbeddingState = {
  state: 'waiting' | 'encoding' | 'ready' | 'failed';
  /** Seconds until it is ready, null if unknown. */
  eta_s: number | null;
  queue_position: number | null;
  error: ErrorJson | null;
  /** Address of the embedding once it is ready; it changes with the model. */
  url: string | null;
};

export type ImageStateName = 'new' | 'in_work' | 'done' | 'reviewed' | 'skipped';

export type ImageJson = {
  id: number;
  project_id: number;
  state: ImageStateName;
  file_name: string;
  width: number;
  height: number;
  sha256: string;
  created_at: string;
  annotation_count: number;
  /** Addresses that change with the content, so browsers may keep the answers for ever. */
  pixels_url: string;
  thumbnail_url: string;
  masked_thumbnail_url: string;
  embedding: EmbeddingState;
};

export type { CostJson, ProjectJson, StatisticsJson } from './project_types.js';

export type ImageListJson = { images: ImageJson[] };

export type FolderImportJson = {
  images: ImageJson[];
  skipped: { file_name: string; code: string; message: string }[];
};

export type AttributeJson = { name: string; kind: 'text' | 'number' | 'choice' | 'flag'; choices: string[] };

/** What the objects of a class are filled with beside its colour. */
export type PatternName = 'plain' | 'stripes_up' | 'stripes_down' | 'dots' | 'crosshatch';

export type CategoryJson = {
  id: number;
  name: string;
  supercategory: string;
  color: string;
  /** Plain when left out. */
  pattern?: PatternName;
  attributes: AttributeJson[];
};

export type CategoryListJson = { categories: CategoryJson[] };

export type PromptsJson = {
  points: PromptPoint[];
  box: BoxXyxy | null;
  /** What was done to the mask by hand since it was made, oldest first; none when left out. */
  hand_edits?: HandEdit[];
  threshold?: number | null;
};

/** Low-res logits on the wire: base64 of little-endian float16 values, row by row. */
export type LogitsJson = { shape: [height: number, width: number]; data: string };

/** What a person adds to a mask beside its class. */
export type DetailsJson = {
  iscrowd: 0 | 1;
  attributes: Record<string, string | number | boolean>;
  group_id: number | null;
  notes: string;
  z_order?: number;
};

/** What a mask cost; pauses of more than ten seconds count as ten. */
export type EffortJson = { clicks: number; undo_count: number; hand_edits: number; active_ms: number };

export type AnnotationJson = DetailsJson & {
  id: number;
  image_id: number;
  category_id: number;
  segmentation: Rle;
  area: number;
  bbox: BoxXywh;
  effort: EffortJson | null;
  model_id: string | null;
  predicted_iou: number | null;
  prompts: PromptsJson;
  /** Null in lists, where `has_logits` says whether there are any. */
  low_res_logits: LogitsJson | null;
  has_logits: boolean;
  /** `automatic`: the model proposed it, a person accepted it. */
  origin?: 'automatic' | null;
  author: string;
  /** What its maker calls it, a UUID; null for annotations made without one. */
  client_key: string | null;
  created_at: string;
  updated_at: string;
  revision: number;
};

export type AnnotationListJson = { annotations: AnnotationJson[] };

/** What the page sends to keep a mask; area and box are derived from the mask by the server. */
export type NewAnnotationJson = Partial<DetailsJson> & {
  category_id: number;
  segmentation: Rle;
  model_id: string | null;
  predicted_iou: number | null;
  prompts: PromptsJson;
  low_res_logits: LogitsJson | null;
  effort?: EffortJson | null;
  origin?: 'automatic' | null;
  author?: string;
  client_key?: string;
};

export type { HealthJson, ModelAnswerJson, ModelJson } from './model_types.js';

export type {
  DecoderErrorCode,
  DecoderInfo,
  DecoderSetup,
  DecoderStep,
  DoctorRow,
  Embedding,
  ErrorMessage,
  ExactMaskTask,
  ForcedFailure,
  GraphSession,
  StepReason,
  TensorValues,
  WorkerRequest,
  WorkerResponse,
  WorkerResults,
  WorkerTask,
} from './decoder_types.js';
