/** What a gesture shows while it lasts. */

import type { BoxXyxy, ImagePoint, StrokePoint } from './types.js';

/** What a gesture in progress shows before it becomes a prompt. */
export interface GesturePreview {
  readonly box?: BoxXyxy;
  /** How far the selected objects are being moved, in whole image pixels. */
  readonly move?: Shift;
  readonly stroke?: StrokePreview;
  /** A closed line that is being drawn; the last place follows the pointer. */
  readonly ring?: readonly ImagePoint[];
  readonly line?: readonly ImagePoint[];
}

/** A way in whole image pixels. */
export interface Shift {
  readonly dx: number;
  readonly dy: number;
}

export interface StrokePreview {
  readonly points: readonly StrokePoint[];
  readonly erases: boolean;
}
