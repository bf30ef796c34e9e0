/** The classes of the project that is loaded, and which one new objects get. */

import type { CategoryJson } from './types.js';

export type Category = Readonly<CategoryJson>;

/** The parts of the session that are about classes. */
export interface ClassState {
  readonly categories: readonly Category[];
  readonly activeCategoryId: number | null;
  /** By project: the class that was chosen there last. It may be gone by now. */
  readonly chosenClasses: Readonly<Record<number, number>>;
}
