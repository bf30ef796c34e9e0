/** Answers about learning from the work, for tests of what is shown. */

/** @import {LessonsJson, TuningJson} from '../../../static/js/learning_types.js' */
/** @import {ModelListJson} from '../../../static/js/model_types.js' */

/** @type {(clicks: number, iou: number) => {clicks_to_90: number, first_iou: number}} */
const scores = (clicks, iou) => ({ clicks_to_90: clicks, first_iou: iou });

/** From six clicks to little more than three. */
export const CURVE = [
  { seconds: 0, scores: scores(6, 0.5) },
  { seconds: 65, scores: scores(4.5, 0.6) },
  { seconds: 130, scores: scores(3.25, 0.7) },
];

/**
 * Say what there is to learn from.
 *
 * @param {Partial<LessonsJson>} [change] what differs
 * @returns {LessonsJson} enough to learn from
 */
export function lessons(change = {}) {
  return {
    ...{ image_count: 40, mask_count: 200, held_out_image_count: 10, held_out_mask_count: 50, left_out: 0 },
    ...{ by_category: [{ category_id: 1, mask_count: 250 }], is_enough: true, least_images: 10, least_masks: 50 },
    ...change,
  };
}

/**
 * Describe a run.
 *
 * @param {Partial<TuningJson>} [change] what differs
 * @returns {TuningJson} no run yet
 */
export function tuning(change = {}) {
  return {
    ...{ state: 'none', project_id: null, project_name: '', minutes: 10, done: 0, total: 0, material: null },
    ...{ before: null, curve: [], model_id: null, error: null },
    ...change,
  };
}

/**
 * List three models.
 *
 * @returns {ModelListJson} the shipped model, which answers, and two others of which one cannot be used
 */
export function models() {
  const own = { base_id: 'base', created_at: '2026-11-27T10:00:00.000Z', byte_count: 3_000_000 };
  const lesson = {
    ...{ project_name: 'cells', image_count: 40, mask_count: 200, held_out_image_count: 10 },
    ...{ held_out_mask_count: 50, seconds: 130, before: scores(6, 0.5), after: scores(3.25, 0.7), curve: CURVE },
  };
  const none = { base_id: null, created_at: null, byte_count: null, lesson: null };
  return {
    models: [
      { model_id: 'base', name: 'maskwright_s', is_served: true, problem: null, ...none },
      { model_id: 'one', name: 'maskwright_s-t1', is_served: false, problem: null, ...own, lesson },
      { model_id: 'two', name: 'maskwright_s-t2', is_served: false, problem: 'its weights are gone', ...own, lesson },
    ],
    previous: 'one',
  };
}
