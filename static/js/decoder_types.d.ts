/** The decoder in the worker: what it is given, how it runs, and what page and worker say to each other. */

import type {
  Candidate,
  Contours,
  Crop,
  DecodeRequest,
  ExactMask,
  LogitsPlacement,
  MaskReading,
  ModelJson,
  Rle,
  Size,
} from './types.js';

/** An array with its shape, 32-bit floats. */
export type TensorValues = { readonly shape: readonly number[]; readonly values: Float32Array };

/** An embedding as the worker keeps it. */
export type Embedding = {
  readonly encoderId: string;
  /** Of the whole image, also where a part of it was encoded. */
  readonly imageSize: Size;
  /** The part of the image that was encoded; null for all of it. */
  readonly crop: Crop | null;
  readonly inputSize: Size;
  readonly modelSize: number;
  /** Name of the decoder input -> its values. */
  readonly tensors: ReadonlyMap<string, TensorValues>;
};

/** An open graph: `run` takes arrays by input name and gives those arrays by output name that are asked for. */
export type GraphSession = {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Lengths of every input; null where any will do. */
  readonly inputShapes: ReadonlyMap<string, readonly (number | null)[]>;
  readonly threads: number;
  readonly provider: string;
  run(
    inputs: ReadonlyMap<string, TensorValues>,
    outputNames: readonly string[],
  ): Promise<ReadonlyMap<string, TensorValues>>;
};

/** How the decoder runs in this browser. */
export type DecoderInfo = {
  readonly modelId: string;
  readonly threads: number;
  /** Execution provider, for example "wasm". */
  readonly provider: string;
  /** First run, with buffers being allocated, in milliseconds. */
  readonly warmupMs: number;
};

/** How prompts are answered, best first; `single` is one thread, `server` is not in this browser at all. */
export type DecoderStep = 'webgpu' | 'threads' | 'single' | 'server';

/** A step of the worker, and what makes it so. */
export type DecoderSetup = {
  readonly provider: 'wasm' | 'webgpu';
  /** At most so many; the worker takes fewer where there are no more. Null for as many as are good. */
  readonly threads: number | null;
  /** What the worker is told to do wrong, for tests. */
  readonly failure: ForcedFailure | null;
};

/** Failures that cannot be had otherwise when they are wanted. */
export type ForcedFailure = 'webgpu-lies' | 'worker-dies' | 'out-of-memory';

/** Why a step is not taken; `detail` has numbers or the words of the error. */
export type StepReason = {
  readonly code:
    | 'not_isolated'
    | 'no_shared_memory'
    | 'few_cores'
    | 'no_adapter'
    | 'not_measured'
    | 'masks_differ'
    | 'slower'
    | 'died'
    | 'cannot_start'
    | 'not_chosen';
  readonly detail: string;
};

/** One finding of the doctor. */
export type DoctorRow = {
  /** What was looked at. */
  readonly name: string;
  readonly value: string;
  /** False when it could be better. */
  readonly good: boolean;
  /** What to do about it; empty when it is good. */
  readonly advice: string;
};

export type DecoderErrorCode =
  | 'decoder_unavailable'
  | 'decoder_not_loaded'
  | 'decoder_failed'
  | 'decoder_lost'
  | 'model_mismatch'
  | 'embedding_invalid'
  | 'image_not_set'
  | 'prompt_invalid'
  | 'rle_invalid'
  | 'disposed';

// ----------------------------------------------------------------------------------------------- worker messages

/** An error on its way through a message port. */
export type ErrorMessage = { readonly name: string; readonly code: string; readonly message: string };

/** What the page asks the worker; `kind` is the task. */
export type WorkerTask =
  | { readonly kind: 'load'; readonly model: ModelJson; readonly decoderUrl: string; readonly setup: DecoderSetup }
  | {
      readonly kind: 'setImage';
      readonly imageId: string;
      readonly embedding: ArrayBuffer;
      readonly imageSize: Size;
    }
  /** The embedding of a part of the image that is set; it takes the place of an earlier part. */
  | { readonly kind: 'setCloseUp'; readonly imageId: string; readonly embedding: ArrayBuffer; readonly imageSize: Size }
  | { readonly kind: 'decode'; readonly imageId: string; readonly request: DecodeRequest }
  | { readonly kind: 'preview'; readonly imageId: string; readonly request: DecodeRequest }
  /** As `preview`, for where the pointer is: a newer one, or another task, goes first. */
  | { readonly kind: 'hover'; readonly imageId: string; readonly request: DecodeRequest }
  | ExactMaskTask
  | { readonly kind: 'traceRles'; readonly rles: readonly Rle[] };

/** Make the mask at image size of logits that the page holds. */
export type ExactMaskTask = {
  readonly kind: 'exactMask';
  readonly logits: Float32Array;
  readonly side: number;
  readonly placement: LogitsPlacement;
};

/** What the worker answers to each kind of task. */
export type WorkerResults = {
  load: DecoderInfo;
  setImage: null;
  setCloseUp: null;
  decode: { readonly candidates: readonly Candidate[]; readonly decodeMs: number };
  preview: MaskReading[];
  /** Null when a newer one or another image overtook it. */
  hover: MaskReading[] | null;
  exactMask: ExactMask;
  /** In the order of the question; what cannot be traced has its error in place of an outline. */
  traceRles: readonly (Contours | ErrorMessage)[];
};

export type WorkerRequest = WorkerTask & { readonly id: number };

export type WorkerResponse =
  | { readonly id: number; readonly ok: true; readonly result: WorkerResults[keyof WorkerResults] }
  | { readonly id: number; readonly ok: false; readonly error: ErrorMessage };
