/** Pixels that belong to several objects, and what a project does about them. */

import type { ImageJson, ProjectJson } from './types.js';

export type OverlapPolicy = ProjectJson['overlap'];

/** Which objects of an image share pixels, as pairs of keys. */
export interface Overlaps {
  readonly imageId: ImageJson['id'];
  readonly pairs: readonly (readonly [string, string])[];
}
