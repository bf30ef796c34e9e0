import { describe, expect, it } from 'vitest';
import {
  formatAnnotation,
  formatChange,
  isSameAnnotation,
  keyOfAnnotation,
  parseAnnotation,
  parseLogits,
} from '../../../static/js/services/object_json.js';
import { imagePoint, promptPoint } from '../../../static/js/geometry/point.js';
import { makeObject, makeRle } from '../session_builders.js';
import { annotationJson } from './service_bench.js';

describe('object json', () => {
  it('gives back what was kept after a round trip', () => {
    const object = makeObject('a5', { prompts: { points: [], box: [1, 2, 3, 4], threshold: -1.25 } });
    const json = annotationJson(5, formatAnnotation(object));
    expect(parseAnnotation(json)).toEqual(object);
  });

  it('tells masks of another threshold apart', () => {
    const object = makeObject('k');
    const json = annotationJson(1, formatAnnotation(object));
    expect(isSameAnnotation(json, object)).toBe(true);
    const moved = { ...object, prompts: { ...object.prompts, threshold: 1 } };
    expect(isSameAnnotation(json, moved)).toBe(false);
  });

  it('knows that the server has logits although a list leaves them out', () => {
    const listed = parseAnnotation({ ...annotationJson(1), has_logits: true });
    expect(listed).toMatchObject({ logits: null, hasLogits: true });
  });

  it('sends only the class when mask and prompts are the same', () => {
    const object = makeObject('k');
    expect(formatChange(object, { ...object, categoryId: 2 })).toEqual({ category_id: 2 });
  });

  it('does not touch logits that only the server has', () => {
    const listed = makeObject('k', { logits: null, hasLogits: true });
    const prompts = { points: [], box: /** @type {const} */ ([1, 2, 3, 4]) };
    for (const before of [listed, null]) {
      expect(formatChange(before, { ...listed, prompts })).not.toHaveProperty('low_res_logits');
    }
    expect(formatChange(null, makeObject('k'))).toHaveProperty('low_res_logits.shape', [2, 2]);
  });

  it('takes away logits that belong to another mask', () => {
    const theirs = makeObject('k', { rle: makeRle('theirs') });
    expect(formatChange(theirs, makeObject('k', { logits: null }))).toHaveProperty('low_res_logits', null);
  });

  it('names an annotation as its maker did', () => {
    expect(keyOfAnnotation(annotationJson(5))).toBe('a5');
    expect(keyOfAnnotation(annotationJson(5, { client_key: 'uuid' }))).toBe('uuid');
  });

  it('tells whether the server has what the page shows', () => {
    const object = makeObject('k', { prompts: { points: [promptPoint(imagePoint(1.5, 2), 1)], box: [1, 2, 3, 4] } });
    const json = annotationJson(1, formatAnnotation(object));
    expect(isSameAnnotation(json, object)).toBe(true);
    expect(isSameAnnotation({ ...json, category_id: 2 }, object)).toBe(false);
    expect(isSameAnnotation({ ...json, segmentation: makeRle('x') }, object)).toBe(false);
    expect(isSameAnnotation({ ...json, prompts: { points: [], box: null } }, object)).toBe(false);
  });

  it('reads logits of a square grid', () => {
    const json = formatAnnotation(makeObject('k')).low_res_logits;
    expect(json && parseLogits(json)).toEqual({ side: 2, values: Float32Array.from([1, -1, 2, -2]) });
  });
});
