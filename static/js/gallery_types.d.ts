/** What the gallery shows. */

import type { ImageJson, ImageStateName } from './types.js';

export type GallerySort = 'added' | 'name' | 'objects' | 'state';

/** What the gallery shows of the project's images, and which of these are selected. */
export interface GalleryView {
  /** Empty for all states. */
  readonly states: readonly ImageStateName[];
  readonly search: string;
  readonly sort: GallerySort;
  /** Only those that the person at this page shall work on. */
  readonly mine: boolean;
  /** Only those where something was rejected and not changed since. */
  readonly rejected: boolean;
  readonly selected: Readonly<Record<ImageJson['id'], true>>;
}
