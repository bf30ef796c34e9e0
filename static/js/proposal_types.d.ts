/** Masks that the model offers by itself: as the server sends them, and as the session holds them. */

import type { BoxXywh, ErrorJson, PromptPoint, Rle } from './types.js';

/** A mask that the model offers by itself. */
export type ProposalJson = {
  /** From 1; its name within the image and model. */
  number: number;
  segmentation: Rle;
  area: number;
  bbox: BoxXywh;
  predicted_iou: number;
  stability_score: number;
  /** The point that was asked. */
  point: PromptPoint;
  /** Number of the smallest one that this one is a part of. */
  parent: number | null;
};

export type ProposalsJson = {
  state: 'none' | 'waiting' | 'running' | 'done' | 'failed';
  /** Of the search that is done, 0 to 1. */
  share: number;
  model_id: string;
  error: ErrorJson | null;
  proposals: ProposalJson[];
  /** Numbers of those that somebody decided about. */
  rejected: number[];
  accepted: number[];
};

/** Images where proposals wait for a decision, the surest first. */
export type ProposalQueueJson = {
  readonly images: readonly {
    readonly image_id: number;
    readonly file_name: string;
    readonly undecided: number;
    /** Mean of predicted IoU times stability. */
    readonly score: number;
  }[];
};

/** Numbers of proposals that are no longer offered. */
export interface ProposalDecisions {
  readonly rejected: readonly number[];
  readonly accepted: readonly number[];
}

/** The images that are reviewed one after the other. */
export interface ProposalReview {
  /** The one that is reviewed now comes first. */
  readonly images: ProposalQueueJson['images'];
  /** How many there were at the start. */
  readonly total: number;
}

/** How far the search of a project is; every number counts images. */
export type ProjectProposalsJson = {
  readonly total: number;
  readonly done: number;
  readonly waiting: number;
  readonly failed: number;
  /** The first 20 of the failed ones, with their reasons. */
  readonly failures: readonly { readonly image_id: number; readonly file_name: string; readonly error: ErrorJson }[];
};

/** What came of a file of boxes that a detector found. */
export type BoxFileJson = {
  /** Images whose boxes become masks now. */
  readonly image_ids: readonly number[];
  readonly boxes: number;
  /** Entries that are no box inside their image. */
  readonly damaged: number;
  /** Images of the file that were left out. */
  readonly left_out_count: number;
  /** The first of them. */
  readonly left_out: readonly { readonly file_name: string; readonly reason: string }[];
};

/** A mask that the model offers by itself. It becomes a kept object only when it is taken. */
export interface Proposal {
  readonly number: number;
  readonly rle: Rle;
  readonly area: number;
  readonly bbox: BoxXywh;
  readonly predictedIou: number;
  readonly stability: number;
  readonly point: PromptPoint;
  readonly parent: number | null;
}

/** All proposals of an image, and what was decided about them. */
export interface ProposalLayer {
  readonly phase: 'running' | 'ready';
  /** Of the search that is done, 0 to 1. */
  readonly share: number;
  readonly modelId: string;
  /** Best first: by predicted IoU and stability. */
  readonly items: readonly Proposal[];
  readonly rejected: Readonly<Record<number, true>>;
  /** Accepted on an earlier visit. */
  readonly accepted: Readonly<Record<number, true>>;
  /** Number to the key of the object that was made of it. While that object is kept, the proposal is not offered. */
  readonly taken: Readonly<Record<number, string>>;
}

/** Weaker proposals are not offered. */
export interface ProposalFilter {
  readonly predictedIou: number;
  readonly stability: number;
}
