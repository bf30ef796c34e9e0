import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import {
  draftFromObject,
  emptyDraft,
  promptCount,
  shownCandidate,
  withAnswer,
  withBox,
  withPoint,
  withPointMoved,
  withPrompts,
  withoutBox,
  withoutPoint,
} from '../../../static/js/state/draft.js';
import { makeCandidate, makeObject } from '../session_builders.js';

const AT = imagePoint(5, 6);

describe('draft', () => {
  it('sends no logits with the first prompt', () => {
    expect(withPoint(emptyDraft(1), AT, 1, 1).previousLogits).toBeNull();
  });

  it('feeds the shown logits back from the second prompt on, also after a negative one', () => {
    const [first, second] = [makeCandidate(), makeCandidate({ logits: Float32Array.from([9]) })];
    const positive = withAnswer(withPoint(emptyDraft(1), AT, 1, 1), [first]);
    const negative = withAnswer(withPoint(positive, AT, 0, 2), [second]);
    expect(negative.previousLogits).toBe(first.logits);
    expect(withPoint(negative, AT, 1, 3).previousLogits).toBe(second.logits);
  });

  it('asks about several clicks and a box together', () => {
    const shown = makeCandidate();
    const draft = withAnswer(withPoint(emptyDraft(1), AT, 1, 1), [shown]);
    const clicks = withPrompts(draft, { points: [AT, AT], label: 0, box: null }, 2);
    expect(clicks.points.map(({ label }) => label)).toEqual([1, 0, 0]);
    expect(clicks).toMatchObject({ revision: 2, answered: false, previousLogits: shown.logits, box: null });
    const boxed = withPrompts(clicks, { points: [AT], label: 1, box: [0, 0, 9, 9] }, 3);
    expect(boxed).toMatchObject({ revision: 3, box: [0, 0, 9, 9] });
    expect(promptCount(boxed)).toBe(5);
  });

  it('feeds back the candidate that was chosen, not the best one', () => {
    const chosen = makeCandidate({ logits: Float32Array.from([7]) });
    const draft = { ...withAnswer(withPoint(emptyDraft(1), AT, 1, 1), [makeCandidate(), chosen]), candidateIndex: 1 };
    expect(withPoint(draft, AT, 1, 2).previousLogits).toBe(chosen.logits);
  });

  it('adds a box to clicks with their logits, and starts afresh when a box replaces a box', () => {
    const clicked = withAnswer(withPoint(emptyDraft(1), AT, 1, 1), [makeCandidate()]);
    const boxed = withBox(clicked, [0, 0, 9, 9], 2);
    expect(boxed.previousLogits).toBe(clicked.candidates[0].logits);
    expect(withBox(withAnswer(boxed, [makeCandidate()]), [1, 1, 8, 8], 3).previousLogits).toBeNull();
    expect(promptCount(boxed)).toBe(2);
  });

  it('keeps showing the earlier mask until the answer comes', () => {
    const answered = withAnswer(withPoint(emptyDraft(1), AT, 1, 1), [makeCandidate()]);
    const asked = withPoint(answered, AT, 0, 2);
    expect(asked.answered).toBe(false);
    expect(shownCandidate(asked)).toBe(answered.candidates[0]);
  });

  it('closes a new object with its last prompt', () => {
    const one = withPoint(emptyDraft(1), AT, 1, 1);
    expect(withoutPoint(one, 0, 2)).toBeNull();
    expect(withoutBox(withBox(one, [0, 0, 9, 9], 2), 3)?.points).toHaveLength(1);
  });

  it('moves the newest click with the logits it was asked with, an older one without', () => {
    const first = withAnswer(withPoint(emptyDraft(1), AT, 1, 1), [makeCandidate()]);
    const two = withAnswer(withPoint(first, AT, 0, 2), [makeCandidate()]);
    expect(withPointMoved(two, 1, imagePoint(8, 8), 3).previousLogits).toBe(first.candidates[0].logits);
    const moved = withPointMoved(two, 0, imagePoint(8, 8), 3);
    expect(moved.previousLogits).toBeNull();
    expect(moved.points[0]).toEqual({ x: 8, y: 8, label: 1 });
  });

  it('starts the refinement of a kept object from its logits', () => {
    const logits = Float32Array.from([3]);
    const object = makeObject('a1', { prompts: { points: [{ ...AT, label: 1 }], box: null } });
    const opened = draftFromObject(object, makeCandidate({ logits }), logits);
    expect(opened.answered).toBe(true);
    expect(opened.changed).toBe(false);
    const asked = withPoint(opened, AT, 0, 4);
    expect(asked.previousLogits).toBe(logits);
    expect(asked.points).toHaveLength(2);
    expect(withoutPoint(asked, 1, 5)?.previousLogits).toBe(logits);
  });

  it('sends no logits when those of the kept object do not fit the decoder', () => {
    const opened = draftFromObject(makeObject('a1'), makeCandidate({ logits: new Float32Array(0) }), null);
    expect(withPoint(opened, AT, 1, 4).previousLogits).toBeNull();
  });
});
