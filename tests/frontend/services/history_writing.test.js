import { describe, expect, it, vi } from 'vitest';
import { writeOf } from '../../../static/js/services/history_writing.js';
import { emptyDraft } from '../../../static/js/state/draft.js';
import { EMPTY_DOCUMENT } from '../../../static/js/state/session_state.js';
import { StepCodec } from '../../../static/js/state/step_codec.js';
import { amend, record, undo } from '../../../static/js/state/undo_history.js';
import { makeCandidate, makeObject } from '../session_builders.js';

/** @import {HistoryWrite} from '../../../static/js/api/history_database.js' */
/** @import {StoredStep} from '../../../static/js/state/step_codec.js' */

const ABOUT = { id: 'h', imageId: 1, modelId: 'm', nextRevision: 1, changedAt: 0 };

/** A database that remembers what it was asked. */
function writingBench() {
  const kept = /** @type {Map<number, StoredStep>} */ (new Map());
  const write = vi.fn(async (/** @type {HistoryWrite<StoredStep>} */ { steps, gone }) => {
    for (const number of gone.steps) kept.delete(number);
    for (const [number, step] of steps) kept.set(number, step);
  });
  const steps = vi.fn(async (/** @type {string} */ _, /** @type {number} */ from, /** @type {number} */ to) =>
    Array.from({ length: to - from }, (__, at) => /** @type {StoredStep} */ (kept.get(from + at))),
  );
  const unused = { find: async () => null, large: async () => new Map(), discard: async () => {} };
  const histories = { write, steps, ...unused };
  const track = { id: 'h', length: 0, at: 0, codec: new StepCodec(), stored: new Map() };
  return { write, histories, track, numbers: () => write.mock.lastCall?.[0].steps.map(([number]) => number) };
}

const one = record(EMPTY_DOCUMENT, { objects: [makeObject('a')], draft: null });

describe('what is written of the steps', () => {
  it('is nothing for an image that was only looked at, or when nothing changed', async () => {
    const { write, histories, track } = writingBench();
    expect(await writeOf(track, EMPTY_DOCUMENT, ABOUT, histories)).toBeNull();
    const written = await writeOf(track, one, ABOUT, histories);
    if (written) await writeOf(written, one, ABOUT, histories);
    expect(write).toHaveBeenCalledOnce();
  });

  it('is the new step alone, and only a number for undo', async () => {
    const { write, histories, track, numbers } = writingBench();
    let written = (await writeOf(track, one, ABOUT, histories)) ?? track;
    expect(numbers()).toEqual([0, 1]);
    const two = record(one, { objects: [...one.content.objects, makeObject('b')], draft: null });
    written = (await writeOf(written, two, ABOUT, histories)) ?? track;
    expect(numbers()).toEqual([2]);
    await writeOf(written, undo(two), ABOUT, histories);
    expect(numbers()).toEqual([]);
    expect(write.mock.lastCall?.[0].head).toMatchObject({ at: 1, length: 3 });
  });

  it('is an amended step in its place, with what it had brought in before', async () => {
    const { write, histories, track, numbers } = writingBench();
    const { objects } = one.content;
    const asked = record(one, { objects, draft: { ...emptyDraft(1), candidates: [makeCandidate()] } });
    const after = record(asked, { objects, draft: null });
    const written = (await writeOf(track, after, ABOUT, histories)) ?? track;
    const back = undo(after);
    const answered = amend(back, { objects, draft: { ...emptyDraft(1), candidates: [makeCandidate({ token: 3 })] } });
    await writeOf(written, answered, ABOUT, histories);
    expect(numbers()).toEqual([2]);
    expect(write.mock.lastCall?.[0].large.map(([ref]) => ref)).toEqual(['2.1']);
    expect(write.mock.lastCall?.[0].gone.steps).toEqual([]);
  });

  it('deletes steps that were replaced, with their logits', async () => {
    const { write, histories, track } = writingBench();
    const asked = record(one, { objects: [], draft: { ...emptyDraft(1), candidates: [makeCandidate()] } });
    const written = (await writeOf(track, record(asked, one.content), ABOUT, histories)) ?? track;
    const other = record(one, { objects: [makeObject('z')], draft: null });
    await writeOf(written, other, ABOUT, histories);
    expect(write.mock.lastCall?.[0].gone).toEqual({ steps: [2, 3], large: ['2.0'] });
  });
});
