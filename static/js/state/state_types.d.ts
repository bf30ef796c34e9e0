/** Shapes of the session state: everything the page shows, as one immutable value. */

import type {
  BoxXywh,
  BoxXyxy,
  Candidate,
  CanvasPoint,
  Contours,
  Crop,
  DecodeRequest,
  EffortJson,
  EmbeddingState,
  ErrorJson,
  HandEdit,
  ExactMask,
  ImageJson,
  ImagePoint,
  ImageStateName,
  MaskReading,
  PointLabel,
  ProjectJson,
  Prompt,
  PromptPoint,
  Ring,
  Rle,
  Size,
  StrokePoint,
  Viewport,
} from '../types.js';
import type { Category, ClassState } from '../class_types.js';
import type { ExportJson, ImportJson } from '../exchange_types.js';
import type { GallerySort, GalleryView } from '../gallery_types.js';
import type { GesturePreview, Shift, StrokePreview } from '../gesture_types.js';
import type { LookState } from '../look_types.js';
import type { CloseUp } from '../close_up_types.js';
import type { OverlapPolicy, Overlaps } from '../overlap_types.js';
import type { Team } from '../team_types.js';
import type {
  ProjectProposalsJson,
  Proposal,
  ProposalFilter,
  ProposalLayer,
  ProposalReview,
} from '../proposal_types.js';

export type ToolName =
  'select' | 'point' | 'box' | 'brush' | 'eraser' | 'lasso' | 'polygon' | 'scribble' | 'pan' | 'measure' | 'proposal';
export type DialogName =
  | 'help'
  | 'folder'
  | 'removeImage'
  | 'removeSelected'
  | 'export'
  | 'import'
  | 'leftWork'
  | 'classSettings'
  | 'classStatistics'
  | 'palette'
  | 'doctor'
  | 'password'
  | 'reject'
  | 'signIn'
  | 'users'
  | 'settings';
export type ThemeName = 'dark' | 'light' | 'system';

/** What a person has chosen for this browser. */
export interface Settings {
  readonly theme: ThemeName;
  readonly language: 'en' | 'de';
  /** Other keys than those of the map, by the name of the action. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Width of the panels at the right, in CSS pixels. */
  readonly panelWidth: number;
  readonly panelsOpen: boolean;
}
/** An export or import that is being made, or the last one. */
export interface Exchange<Job> {
  /** Null until the server has answered for the first time. */
  readonly job: Job | null;
  /** Name of the file that is imported. */
  readonly fileName: string;
  /** Why it stopped; null while it goes on and when it is done. */
  readonly problem: { readonly message: string; readonly hint: string } | null;
}
/** What fills the page. */
export type ScreenName = 'projects' | 'gallery' | 'work' | 'statistics' | 'learning';
/** The server's name of an image. */
export type ImageId = ImageJson['id'];

export type ImageRecord = Readonly<ImageJson>;
export type ProjectRecord = Readonly<ProjectJson>;
export type { Category, CloseUp, OverlapPolicy, Overlaps };

/** Low-resolution logits of one mask, row-major, before the sigmoid. */
export interface LogitsGrid {
  /** The grid is a square: side * side values. */
  readonly side: number;
  readonly values: Float32Array;
}

export type AttributeValue = string | number | boolean;

/** What a person says about an object beside its class. */
export interface ObjectDetails {
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Objects of an image with the same number belong together. */
  readonly groupId: number | null;
  readonly isCrowd: boolean;
  readonly notes: string;
  /** Objects with more of it lie above the others; missing for 0. */
  readonly zOrder?: number;
}

/** What a mask cost, refinements included. */
export type Effort = Readonly<EffortJson>;

/** A kept mask. The value never changes; a refined mask is a new value under the same key. */
export interface KeptObject {
  /** Identity inside this page; the server's id lives with the saver, because a snapshot must not carry it. */
  readonly key: string;
  readonly categoryId: number;
  readonly rle: Rle;
  readonly area: number;
  readonly bbox: BoxXywh;
  readonly predictedIou: number | null;
  readonly prompts: Prompt;
  /** Null when the server keeps them and they were not fetched, or when there are none. */
  readonly logits: LogitsGrid | null;
  readonly hasLogits: boolean;
  readonly modelId: string | null;
  /** What was done to the mask by hand, oldest first. */
  readonly handEdits: readonly HandEdit[];
  readonly details: ObjectDetails;
  /** Null when nobody measured. */
  readonly effort: Effort | null;
  /** Where the mask came from, if not from a person. */
  readonly origin?: 'automatic' | null;
  /** Who kept it, as the server says; missing for one that was made on this page. */
  readonly author?: string;
}

/** The object being made or refined. */
export interface Draft {
  /** Grows with every change of the prompts, so that a late answer finds the prompts it belongs to. */
  readonly revision: number;
  readonly points: readonly PromptPoint[];
  readonly box: BoxXyxy | null;
  /** The newest answer, best first. It may belong to an earlier revision while `answered` is false. */
  readonly candidates: readonly Candidate[];
  readonly candidateIndex: number;
  readonly answered: boolean;
  /** The part of the image that answers the prompts, and that `previousLogits` lie on; all of it when left out. */
  readonly crop?: Crop | null;
  /** Logits that go to the decoder together with these prompts. */
  readonly previousLogits: Float32Array | null;
  /** Logits, on the whole image, of the kept mask that is refined; the starting point when prompts are taken away again. */
  readonly baseLogits: Float32Array | null;
  readonly categoryId: number;
  /** Key of the kept object that this draft replaces, or null for a new object. */
  readonly refines: string | null;
  /** False while a reopened object still shows exactly what was kept. */
  readonly changed: boolean;
  /** What was done to the shown mask by hand, oldest first. */
  readonly handEdits: readonly HandEdit[];
  /** Where inside begins, as the annotator chose; null for the model's own threshold. */
  readonly threshold: number | null;
}

/** Lines that are drawn or edited point by point, until they become a mask. */
export interface Outline {
  readonly rings: readonly Ring[];
  /** True while the last ring is being drawn; false while an existing outline is edited. */
  readonly open: boolean;
  /** What is inside is taken away instead of added. Of a drawn outline only. */
  readonly erases: boolean;
  /** The outline of the mask before anything was left out, to simplify it again; null for a drawn one. */
  readonly exact: readonly Ring[] | null;
  /** How far the edited outline may lie from the exact one, in image pixels. */
  readonly tolerance: number;
  /** The kept object that gets the edited outline; null for the open object. */
  readonly key: string | null;
}

export interface DocumentContent {
  readonly objects: readonly KeptObject[];
  readonly draft: Draft | null;
  readonly outline?: Outline | null;
}

export interface ImageDocument {
  readonly content: DocumentContent;
  readonly past: readonly DocumentContent[];
  readonly future: readonly DocumentContent[];
  /** How many steps lie before those of `past`, in the browser's database alone; none when left out. */
  readonly earlier?: number;
  /** How many lie after those of `future`. */
  readonly later?: number;
}

export type SaveStatus = 'saving' | 'waiting' | 'failed' | 'conflict';

/** An object that somebody else changed after this page had read it. The page's own version is the object as shown. */
export interface Conflict {
  readonly imageId: ImageId;
  /** What the server has; null when it was deleted there. */
  readonly theirs: KeptObject | null;
}

export interface Notice {
  readonly id: number;
  readonly tone: 'error' | 'info';
  readonly message: string;
  readonly hint: string;
  /** It is no longer true once the server answers, and goes then. */
  readonly whileOffline?: boolean;
  /** What can be done about it: a command with its argument. */
  readonly action?: { readonly label: string; readonly command: string; readonly value: number };
}

export interface DecoderStatus {
  /** `server`: it cannot run in this browser, `message` says why, and the server answers. */
  readonly phase: 'loading' | 'ready' | 'failed' | 'server';
  readonly threads: number;
  readonly message: string;
}

export interface ModelSummary {
  readonly modelId: string;
  readonly name: string;
  /** Side of the square that its network sees, in pixels. */
  readonly imageSize?: number;
}

export interface UploadProgress {
  readonly done: number;
  readonly total: number;
}

/** Copied objects and the image that they came from. */
export interface Clipboard {
  readonly imageId: ImageId;
  readonly objects: readonly KeptObject[];
}

/** What a click at the pointer would ask the decoder. */
export interface HoverQuestion {
  readonly imageId: ImageId;
  /** The open object that the click would add to, null for a new one. */
  readonly draft: Draft | null;
  readonly point: ImagePoint;
  readonly label: PointLabel;
  readonly request: DecodeRequest;
}

/** What a click would do, as the decoder answered it. */
export interface HoverPreview extends HoverQuestion {
  /** Best first, as a click would offer them. */
  readonly readings: readonly MaskReading[];
}

/** One of the three readings of an ambiguous click. */
export type ReadingName = 'whole' | 'part' | 'subpart';

/** The answer to the prompts of an open object before the exact masks are made: shown at once, never kept. */
export interface QuickAnswer {
  readonly imageId: ImageId;
  readonly revision: number;
  readonly readings: readonly MaskReading[];
}

export type TourStepName = 'hover' | 'click' | 'background' | 'box' | 'accept' | 'export' | 'end';

export interface SessionState extends ClassState, LookState {
  readonly model: ModelSummary | null;
  readonly closeUp: CloseUp | null;
  readonly decoder: DecoderStatus;
  readonly settings: Settings;
  readonly screen: ScreenName;
  readonly team: Team;
  readonly projects: readonly ProjectRecord[];
  /** The project whose images and classes are loaded. */
  readonly projectId: number | null;
  readonly gallery: GalleryView;
  readonly images: readonly ImageRecord[];
  readonly imagesPhase: 'loading' | 'ready' | 'failed';
  readonly currentImageId: ImageId | null;
  /** True once the decoder holds the features of the current image. */
  readonly featuresReady: boolean;
  readonly pixelsReady: boolean;
  readonly documents: Readonly<Record<ImageId, ImageDocument>>;
  readonly saves: Readonly<Record<string, SaveStatus>>;
  /** False while the server does not answer. */
  readonly online: boolean;
  /** By key of the object. */
  readonly conflicts: Readonly<Record<string, Conflict>>;
  readonly tool: ToolName;
  /** What a plain left click means: the object (1) or the background (0). */
  readonly pointLabel: PointLabel;
  /** Size of the visible canvas in CSS pixels; null until the page was laid out. */
  readonly canvasSize: Size | null;
  readonly viewport: Viewport | null;
  readonly cursor: ImagePoint | null;
  /** Where the keys point; null while a mouse, a pen or a finger does. */
  readonly crosshair: ImagePoint | null;
  /** Where the last prompt was set, for the strip of candidates beside it. */
  readonly promptAnchor: ImagePoint | null;
  readonly preview: GesturePreview | null;
  /** The newest answer about the pointer's place; `shownHover` says whether it still counts. */
  readonly hover: HoverPreview | null;
  readonly hoverEnabled: boolean;
  readonly quick: QuickAnswer | null;
  /** Whether the masks in work show where the decoder is unsure. */
  readonly uncertaintyShown: boolean;
  /** By class: the reading that is wanted in place of the best predicted one. */
  readonly readings: Readonly<Record<number, ReadingName>>;
  readonly hoveredKey: string | null;
  readonly proposals: Readonly<Record<ImageId, ProposalLayer>>;
  /** How far the search of the whole project is; null until it was asked for. */
  readonly projectProposals: ProjectProposalsJson | null;
  readonly proposalReview: ProposalReview | null;
  readonly proposalFilter: ProposalFilter;
  /** Number of the proposal that stands out. */
  readonly hoveredProposal: number | null;
  /** The objects that keys and hand tools act on, in the order of selection. */
  readonly selectedKeys: readonly string[];
  /** Objects that no hand tool changes. */
  readonly lockedKeys: Readonly<Record<string, true>>;
  readonly clipboard: Clipboard | null;
  /** In an exclusive project: new and changed masks take pixels of other objects. */
  readonly takesPixels: boolean;
  /** As last compared; null before. */
  readonly overlaps: Overlaps | null;
  /** Diameter of brush and eraser, in image pixels. */
  readonly brushSize: number;
  readonly hiddenKeys: Readonly<Record<string, true>>;
  readonly masksVisible: boolean;
  /** Only the selected objects are shown, while there are any. */
  readonly solo: boolean;
  readonly filmstripOpen: boolean;
  readonly dialog: DialogName | null;
  /** The class that the dialog is about. */
  readonly dialogCategoryId: number | null;
  readonly exporting: Exchange<ExportJson> | null;
  readonly importing: Exchange<ImportJson> | null;
  readonly notices: readonly Notice[];
  readonly nextNoticeId: number;
  readonly nextRevision: number;
  readonly lastDecodeMs: number | null;
  readonly upload: UploadProgress | null;
  readonly dropActive: boolean;
  /** Step of the tour, its image, and how many objects that had before; null when nobody takes it. */
  readonly tour: { readonly step: number; readonly kept: number; readonly imageId: ImageId } | null;
}

export type { GesturePreview, Shift, StrokePreview };
export type { GallerySort, GalleryView, Proposal, ProposalFilter, ProposalLayer };

export type Action = (state: SessionState) => SessionState;

export interface SessionStore {
  get(): SessionState;
  apply(action: Action): void;
  subscribe(listener: (state: SessionState, previous: SessionState) => void): () => void;
}

export interface DecodeAnswer {
  readonly imageId: ImageId;
  readonly revision: number;
  readonly candidates: readonly Candidate[];
  readonly totalMs: number;
}

export type {
  BoxXywh,
  BoxXyxy,
  Candidate,
  CanvasPoint,
  Contours,
  Crop,
  EmbeddingState,
  ErrorJson,
  ExactMask,
  HandEdit,
  ImageJson,
  ImagePoint,
  ImageStateName,
  MaskReading,
  PointLabel,
  Prompt,
  PromptPoint,
  Ring,
  Rle,
  Size,
  StrokePoint,
  Viewport,
};
