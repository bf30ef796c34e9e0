/** What the server says about learning from the work. */

import type { CurvePointJson, ModelListJson, ScoresJson } from './model_types.js';
import type { ErrorJson } from './types.js';

/** How much a project gives to learn from, and how much is needed. */
export type LessonsJson = {
  image_count: number;
  mask_count: number;
  held_out_image_count: number;
  held_out_mask_count: number;
  /** Masks that are not learnt from: crowds and specks. */
  left_out: number;
  by_category: { category_id: number; mask_count: number }[];
  is_enough: boolean;
  least_images: number;
  least_masks: number;
};

export type TuningPhase =
  'none' | 'starting' | 'encoding' | 'tuning' | 'exporting' | 'done' | 'cancelled' | 'failed' | 'interrupted';

/** The newest run that tunes the decoder. */
export type TuningJson = {
  state: TuningPhase;
  project_id: number | null;
  project_name: string;
  minutes: number;
  done: number;
  total: number;
  material: LessonsJson | null;
  before: ScoresJson | null;
  curve: CurvePointJson[];
  /** The version that came of it; null when nothing was better. */
  model_id: string | null;
  error: ErrorJson | null;
};

/** All that the screen shows. */
export type LearningJson = { lessons: LessonsJson; tuning: TuningJson; models: ModelListJson };
