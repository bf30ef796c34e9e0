import { describe, expect, it } from 'vitest';
import { createMaskMaking } from '../../../static/js/services/mask_making.js';
import { openObject } from '../../../static/js/state/actions/prompt_actions.js';
import { makeCandidate, makeObject } from '../session_builders.js';
import { SIZE, editingBench, objectOf, rectangle } from './editing_bench.js';

describe('mask making', () => {
  it('gives an object another mask with its outline known, and says where it was edited', () => {
    const { making, putContours } = editingBench();
    const object = objectOf('a', rectangle(10, 10, 5, 5));
    const after = rectangle(10, 10, 5, 8);
    const remade = making.remade(object, after, { tool: 'brush', shape: rectangle(10, 14, 5, 4) });
    expect(remade).toMatchObject({ key: 'a', area: 40, bbox: [10, 10, 5, 8], logits: null });
    expect(remade?.handEdits).toEqual([{ tool: 'brush', box: [10, 14, 15, 18] }]);
    expect(putContours).toHaveBeenCalledWith(remade?.rle, expect.objectContaining({ ringStarts: Int32Array.of(0) }));
    expect(making.remade(object, new Int32Array(0), { tool: 'brush' })).toBeNull();
  });

  it('makes logits of a drawn mask, from the shown ones where they agree', () => {
    const { store, making } = editingBench(objectOf('a', rectangle(0, 0, 50, 80)));
    expect(making.candidate(rectangle(0, 0, 50, 80))).toMatchObject({ side: 16, predictedIou: 0 });
    const logits = new Float32Array(256).fill(3);
    store.apply(openObject(makeObject('a'), makeCandidate({ logits, side: 16 }), logits));
    const values = making.candidate(rectangle(0, 0, 50, 80)).logits;
    expect([values[0], values[15]]).toEqual([3, -10]);
  });

  it('has no logits before a model is known', () => {
    const { store } = editingBench();
    const making = createMaskMaking({ store, model: () => null, putContours: () => {} });
    expect(making.candidate(rectangle(0, 0, 5, 5))).toMatchObject({ side: 0, area: 25 });
    expect(making.logits(rectangle(0, 0, 5, 5))).toBeNull();
    expect(making.size()).toMatchObject(SIZE);
  });
});
