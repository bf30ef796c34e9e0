import { describe, expect, it, vi } from 'vitest';
import { createLeftWork } from '../../../static/js/services/left_work.js';
import { makeCandidate, makeObject, clickAndAnswer, storeWithImages } from '../session_builders.js';
import { openDraft } from '../../../static/js/state/selectors.js';

/** @import {Draft, KeptObject} from '../../../static/js/state/state_types.js' */
/** @import {LeftWork} from '../../../static/js/api/pending_saves.js' */

/** @returns {LeftWork<KeptObject, Draft>} a new object, a deletion and an unfinished object of Ben */
function workOfBen() {
  const store = storeWithImages();
  clickAndAnswer(store);
  const draft = /** @type {Draft} */ (openDraft(store.get()));
  return {
    person: { id: 2, name: 'Ben / B.' },
    saves: [
      { key: 'a', imageId: 1, serverId: null, desired: makeObject('a') },
      { key: 'b', imageId: 1, serverId: 7, revision: 3, desired: null },
    ],
    drafts: [{ key: '1', imageId: 1, modelId: 'm', changedAt: 5, draft }],
  };
}

/** @param {LeftWork<KeptObject, Draft>[]} left what others left behind */
function bench(left) {
  const store = storeWithImages();
  const memory = {
    ofOthers: vi.fn(async () => left),
    discard: vi.fn(async (/** @type {number} */ id) => {
      left = left.filter(({ person }) => person.id !== id);
    }),
  };
  const saveFile = vi.fn((/** @type {Blob} */ _blob, /** @type {string} */ _fileName) => {});
  const report = vi.fn();
  const histories = { discard: vi.fn(async () => {}) };
  const parts = { store, memory, histories, saveFile, report };
  return { ...parts, ...createLeftWork(parts) };
}

describe('work of somebody else', () => {
  it('is shown, with how much it is', async () => {
    const { store, find } = bench([workOfBen()]);
    await find();
    expect(store.get().dialog).toBe('leftWork');
    expect(store.get().team.leftWork).toEqual([{ personId: 2, name: 'Ben / B.', saves: 2, drafts: 1 }]);
  });

  it('leaves the page as it is where there is none', async () => {
    const { store, find } = bench([]);
    const before = store.get();
    await find();
    expect(store.get()).toBe(before);
  });

  it('can be downloaded, in the form that the server takes', async () => {
    const { saveFile, commands } = bench([workOfBen()]);
    await commands.downloadLeftWork(2);
    const [blob, name] = saveFile.mock.calls[0] ?? [];
    expect(name).toBe('unsaved-work-Ben-B-.json');
    const document = JSON.parse((await blob?.text()) ?? '');
    expect(document.objects).toMatchObject([
      { client_key: 'a', image_id: 1, annotation_id: null, annotation: { segmentation: makeObject('a').rle } },
      { client_key: 'b', image_id: 1, annotation_id: 7, revision: 3, annotation: null },
    ]);
    expect(document.drafts).toMatchObject([{ image_id: 1, masks: [makeCandidate().rle] }]);
    expect(document.drafts[0].prompts.points).toHaveLength(1);
    await commands.downloadLeftWork(9);
    expect(saveFile).toHaveBeenCalledOnce();
  });

  it('can be discarded, and the dialog closes', async () => {
    const { store, memory, histories, find, commands } = bench([workOfBen()]);
    await find();
    await commands.discardLeftWork(2);
    expect(memory.discard).toHaveBeenCalledExactlyOnceWith(2);
    expect(histories.discard).toHaveBeenCalledExactlyOnceWith(2);
    expect(store.get().team.leftWork).toEqual([]);
    expect(store.get().dialog).toBeNull();
  });

  it('stays when the browser refuses, and that is said', async () => {
    const { memory, report, find, commands } = bench([workOfBen()]);
    await find();
    const problem = new Error('no');
    memory.discard.mockRejectedValue(problem);
    memory.ofOthers.mockRejectedValue(problem);
    await commands.discardLeftWork(2);
    await commands.downloadLeftWork(2);
    expect(report.mock.calls).toEqual([
      [problem, 'the work of somebody else was not discarded'],
      [problem, 'the work of somebody else could not be read'],
    ]);
  });

  it('is none without a memory', async () => {
    const store = storeWithImages();
    const { find } = createLeftWork({ store, memory: null, histories: null, saveFile: vi.fn(), report: vi.fn() });
    await find();
    expect(store.get().dialog).toBeNull();
  });
});
