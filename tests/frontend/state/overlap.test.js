import { describe, expect, it } from 'vitest';
import { combineRuns } from '../../../static/js/masks/mask_algebra.js';
import { areaOfRuns } from '../../../static/js/masks/mask_runs.js';
import { emptyDraft } from '../../../static/js/state/draft.js';
import { overlapPolicy, overlappingPairs, without, withoutOverlaps } from '../../../static/js/state/overlap.js';
import { createSessionState } from '../../../static/js/state/session_state.js';
import { makeProject } from '../session_builders.js';
import { objectOf, rectangle, runsOf } from '../services/editing_bench.js';
import { seededRandom } from '../random.js';

/** @import {KeptObject} from '../../../static/js/state/state_types.js' */

const LEAVES = { takes: false, lockedKeys: {} };
const TAKES = { takes: true, lockedKeys: {} };

/** @type {(...objects: KeptObject[]) => {objects: KeptObject[], draft: null}} */
const content = (...objects) => ({ objects, draft: null });

/** @type {(result: {objects: readonly KeptObject[]} | null) => (string | number)[][] | undefined} */
const areas = (result) => result?.objects.map(({ key, area }) => [key, area]);

describe('withoutOverlaps', () => {
  const a = objectOf('a', rectangle(0, 0, 10, 10));

  it('lets a new mask end at the border of its neighbour, without a gap', () => {
    const b = objectOf('b', rectangle(5, 0, 10, 10), { hasLogits: true });
    const result = withoutOverlaps(content(a, b), content(a), LEAVES);
    expect(areas(result)).toEqual([
      ['a', 100],
      ['b', 50],
    ]);
    expect(result?.objects[0]).toBe(a);
    expect(result?.objects[1]).toMatchObject({
      bbox: [10, 0, 5, 10],
      hasLogits: false,
      handEdits: [{ tool: 'subtract', box: [5, 0, 10, 10] }],
    });
  });

  it('takes the pixels when it is asked to, and deletes what has none left, but never from a locked object', () => {
    const small = objectOf('small', rectangle(6, 0, 1, 1));
    const b = objectOf('b', rectangle(5, 0, 10, 10));
    expect(areas(withoutOverlaps(content(a, small, b), content(a, small), TAKES))).toEqual([
      ['a', 50],
      ['b', 100],
    ]);
    const locked = { takes: true, lockedKeys: /** @type {Record<string, true>} */ ({ a: true }) };
    expect(areas(withoutOverlaps(content(a, small, b), content(a, small), locked))).toEqual([
      ['a', 100],
      ['small', 1],
      ['b', 50],
    ]);
  });

  it('leaves a changed mask the pixels that it had already', () => {
    const b = objectOf('b', rectangle(5, 0, 10, 10));
    const grown = objectOf('b', rectangle(4, 0, 12, 10));
    expect(areas(withoutOverlaps(content(a, grown), content(a, b), LEAVES))).toEqual([
      ['a', 100],
      ['b', 110],
    ]);
  });

  it('refuses a step that would leave nothing of a mask', () => {
    expect(withoutOverlaps(content(a, objectOf('b', rectangle(2, 2, 3, 3))), content(a), LEAVES)).toBeNull();
  });

  it('changes nothing where no mask is new: other classes, other orders, deletions', () => {
    const b = objectOf('b', rectangle(5, 0, 10, 10));
    const turned = content({ ...b, categoryId: 2 }, a);
    expect(withoutOverlaps(turned, content(a, b), LEAVES)).toBe(turned);
    expect(withoutOverlaps(content(b), content(a, b), LEAVES)?.objects[0]).toBe(b);
  });

  it('closes a draft whose object is gone', () => {
    const small = objectOf('small', rectangle(6, 0, 1, 1));
    const draft = { ...emptyDraft(1), refines: 'small' };
    const next = { objects: [small, objectOf('b', rectangle(5, 0, 10, 10))], draft };
    expect(withoutOverlaps(next, { objects: [small], draft }, TAKES)?.draft).toBeNull();
  });

  it('never makes two masks share a pixel, whatever comes in, and new ones are only cut', () => {
    const random = seededRandom(5);
    const any = (/** @type {number} */ below) => Math.floor(random() * below);
    for (let round = 0; round < 60; round += 1) {
      let state = content();
      for (let step = 0; step < 8; step += 1) {
        const key = `o${any(5)}`;
        const next = objectOf(key, rectangle(any(60), any(50), 1 + any(30), 1 + any(25)));
        const known = state.objects.some((object) => object.key === key);
        const objects = known
          ? state.objects.map((object) => (object.key === key ? next : object))
          : [...state.objects, next];
        const rule = { takes: random() < 0.4, lockedKeys: {} };
        const result = withoutOverlaps({ objects, draft: null }, state, rule);
        if (!result) continue;
        const made = result.objects.find((object) => object.key === key);
        if (made) expect(combineRuns(runsOf(made), runsOf(next), 'subtract')).toHaveLength(0);
        state = content(...result.objects);
        expect(overlappingPairs(state.objects)).toEqual([]);
        for (const object of state.objects) expect(object.area).toBe(areaOfRuns(runsOf(object)));
      }
    }
  });
});

describe('overlaps', () => {
  it('are pairs of masks that share pixels, not boxes', () => {
    const ring = objectOf('ring', combineRuns(rectangle(0, 0, 10, 10), rectangle(2, 2, 6, 6), 'subtract'));
    const inside = objectOf('inside', rectangle(3, 3, 3, 3));
    const across = objectOf('across', rectangle(0, 9, 40, 5));
    const beside = objectOf('beside', rectangle(10, 0, 5, 5));
    expect(overlappingPairs([inside, beside, across, ring])).toEqual([['across', 'ring']]);
  });

  it('take nothing from a mask that does not have the pixels, and all of one that has only these', () => {
    const object = objectOf('a', rectangle(0, 0, 4, 4));
    expect(without(object, rectangle(10, 10, 2, 2))).toBe(object);
    expect(without(object, rectangle(0, 0, 8, 8))).toBeNull();
  });

  it('are allowed until the server has said otherwise', () => {
    const project = makeProject(2, { overlap: 'exclusive' });
    const state = { ...createSessionState(), projects: [project], projectId: 2 };
    expect(overlapPolicy(state)).toBe('exclusive');
    expect(overlapPolicy({ ...state, projectId: 1 })).toBe('allowed');
  });
});
