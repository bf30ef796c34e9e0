/** What is encoded by itself beside the open image. */

import type { Crop, ImageJson } from './types.js';

/** A part of the open image that is encoded by itself. */
export interface CloseUp {
  readonly imageId: ImageJson['id'];
  readonly crop: Crop;
  /** Whether the decoder has it; false while it is being encoded. */
  readonly ready: boolean;
}
