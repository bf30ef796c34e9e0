/** How photograph and masks look on the screen; nothing of it touches what is kept. */

import type { ImagePoint } from './types.js';

export interface Look {
  /** Opacity of the fill of a kept mask, 0 to 1. */
  readonly opacity: number;
  readonly outlineOnly: boolean;
  /** Of the photograph; 1 is as it is. */
  readonly brightness: number;
  readonly contrast: number;
  readonly gamma: number;
  readonly grid: boolean;
  /** The small view of the whole image while a part of it is shown. */
  readonly minimap: boolean;
}

/** A distance that is shown until the next one. */
export interface Measure {
  readonly from: ImagePoint;
  readonly to: ImagePoint;
}

/** The parts of the session that say how things look. */
export interface LookState {
  /** By project; a project that is not there looks as usual. */
  readonly looks: Readonly<Record<number, Look>>;
  readonly lookPanelOpen: boolean;
  readonly measure: Measure | null;
}
