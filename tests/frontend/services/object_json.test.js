import { describe, expect, it } from 'vitest';
import {
  formatAnnotation,
  formatChange,
  keyOfServerId,
  parseAnnotation,
  parseLogits,
} from '../../../static/js/services/object_json.js';
import { makeObject, makeRle } from '../session_builders.js';
import { annotationJson } from './service_bench.js';

describe('object json', () => {
  it('gives back what was kept after a round trip', () => {
    const object = makeObject(keyOfServerId(5), { prompts: { points: [], box: [1, 2, 3, 4] } });
    const json = annotationJson(5, formatAnnotation(object));
    expect(parseAnnotation(json)).toEqual(object);
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
    const change = formatChange(listed, { ...listed, rle: makeRle('other') });
    expect(change).not.toHaveProperty('low_res_logits');
    expect(formatChange(null, makeObject('k'))).toHaveProperty('low_res_logits.shape', [2, 2]);
  });

  it('reads logits of a square grid', () => {
    const json = formatAnnotation(makeObject('k')).low_res_logits;
    expect(json && parseLogits(json)).toEqual({ side: 2, values: Float32Array.from([1, -1, 2, -2]) });
  });
});
