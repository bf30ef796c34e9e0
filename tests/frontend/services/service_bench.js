/** A server in memory for tests of services: it keeps annotations, and can be cut off or made to refuse. */

/**
 * @import {AnnotationsApi} from '../../../static/js/api/annotations_api.js'
 * @import {AnnotationJson, NewAnnotationJson} from '../../../static/js/types.js'
 * @import {PendingSave, PendingSaves} from '../../../static/js/api/pending_saves.js'
 * @import {KeptObject} from '../../../static/js/state/state_types.js'
 */

import { ApiError, NetworkError } from '../../../static/js/api/api_error.js';

/**
 * Make the server.
 *
 * @returns {{api: AnnotationsApi, calls: string[], shown: () => AnnotationJson[], failWith: (problems: Error[]) => void,
 *   loseAnswers: (count: number) => void}} the calls, what it shows, and ways to disturb it: `failWith` refuses the
 *   next calls, `loseAnswers` does the next calls and then loses their answers
 */
export function fakeServer() {
  /** @type {Map<number, AnnotationJson & {deleted: boolean}>} */
  const kept = new Map();
  /** @type {string[]} */
  const calls = [];
  /** @type {Error[]} */
  let problems = [];
  let lost = 0;

  /** @type {<T>(name: string, run: () => T) => Promise<T>} */
  const call = async (name, run) => {
    calls.push(name);
    const problem = problems.shift();
    if (problem) throw problem;
    const result = run();
    if (lost > 0) {
      lost -= 1;
      throw new NetworkError('lost');
    }
    return result;
  };
  /** @type {(id: number) => AnnotationJson & {deleted: boolean}} */
  const find = (id) => {
    const annotation = kept.get(id);
    if (!annotation) throw notFound(id);
    return annotation;
  };
  /** @type {(id: number, revision: number | null, change: object) => AnnotationJson} */
  const revise = (id, revision, change) => {
    const annotation = find(id);
    if (annotation.deleted) throw notFound(id);
    if (revision !== null && revision !== annotation.revision) {
      const words = { code: 'revision_conflict', message: `must be ${annotation.revision}`, hint: '' };
      throw new ApiError(words, 409, { ...annotation });
    }
    return { ...Object.assign(annotation, change, { id, revision: annotation.revision + 1 }) };
  };
  const shown = () => [...kept.values()].filter((annotation) => !annotation.deleted);

  return {
    calls,
    shown,
    failWith: (next) => {
      problems = next;
    },
    loseAnswers: (count) => {
      lost = count;
    },
    api: {
      list: (imageId) =>
        call('list', () =>
          shown()
            .filter((one) => one.image_id === imageId)
            .map(withoutLogits),
        ),
      get: (id) => call('get', () => ({ ...find(id) })),
      create: (imageId, annotation) =>
        call('create', () => {
          const known = [...kept.values()].find(
            (one) => one.client_key && one.client_key === annotation.client_key && one.image_id === imageId,
          );
          if (known?.deleted) {
            throw new ApiError({ code: 'annotation_deleted', message: 'deleted', hint: '' }, 409, { ...known });
          }
          if (known) return { ...known };
          const id = kept.size + 1;
          kept.set(id, { ...annotationJson(id, annotation), image_id: imageId, deleted: false });
          return { ...find(id) };
        }),
      update: (id, change, revision) =>
        call(`update ${Object.keys(change).join()}`, () => revise(id, revision, change)),
      remove: (id, revision) => call('remove', () => revise(id, revision, { deleted: true })),
      restore: (id) =>
        call('restore', () => {
          const annotation = find(id);
          if (annotation.deleted) Object.assign(annotation, { deleted: false, revision: annotation.revision + 1 });
          return { ...annotation };
        }),
    },
  };
}

/** @type {(id: number) => ApiError} */
const notFound = (id) => new ApiError({ code: 'annotation_not_found', message: `no ${id}`, hint: '' }, 404);

/** @type {(annotation: AnnotationJson) => AnnotationJson} lists leave the logits out */
const withoutLogits = (annotation) => ({
  ...annotation,
  low_res_logits: null,
  has_logits: annotation.low_res_logits !== null,
});

/**
 * Make an annotation as the server tells it.
 *
 * @param {number} id its id
 * @param {Partial<NewAnnotationJson>} [change] what differs from the usual value
 * @returns {AnnotationJson} the annotation
 */
export function annotationJson(id, change = {}) {
  return {
    id,
    image_id: 1,
    category_id: 1,
    segmentation: { size: [80, 100], counts: `a${id}` },
    area: 400,
    bbox: [10, 20, 20, 20],
    model_id: 'model',
    predicted_iou: 0.8,
    prompts: { points: [], box: null },
    low_res_logits: null,
    has_logits: false,
    created_at: '',
    updated_at: '',
    revision: 1,
    ...change,
    client_key: change.client_key ?? null,
    iscrowd: change.iscrowd ?? 0,
    attributes: change.attributes ?? {},
    group_id: change.group_id ?? null,
    notes: change.notes ?? '',
    effort: change.effort ?? null,
    author: '',
  };
}

/**
 * Make a memory that outlives a page, as far as a test can see.
 *
 * @param {PendingSave<KeptObject>[]} [saves] what an earlier page left behind
 * @returns {PendingSaves<KeptObject> & {saves: Map<string, PendingSave<KeptObject>>}} the memory and what is in it
 */
export function memorySaves(saves = []) {
  const kept = new Map(saves.map((save) => [save.key, save]));
  const left = new Set(kept.keys());
  return {
    saves: kept,
    list: async () => [...kept.values()].filter(({ key }) => left.delete(key)),
    put: async (save) => void kept.set(save.key, save),
    forget: async (key) => void kept.delete(key),
  };
}
