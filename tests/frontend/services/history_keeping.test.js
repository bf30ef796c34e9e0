import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openHistories } from '../../../static/js/api/history_database.js';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { HistoryKeeping } from '../../../static/js/services/history_keeping.js';
import { replaceObjects } from '../../../static/js/state/actions/edit_actions.js';
import { redoStep, undoStep } from '../../../static/js/state/actions/history_actions.js';
import { acceptDraft, loadObjects, setObjectCategory } from '../../../static/js/state/actions/object_actions.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { setModel } from '../../../static/js/state/actions/view_actions.js';
import {
  canRedo,
  canUndo,
  currentContent,
  currentDocument,
  keptObjects,
  openDraft,
} from '../../../static/js/state/selectors.js';
import { MemoryKeyRange, memoryDatabase } from '../api/memory_database.js';
import { answer, makeCandidate, makeObject, storeWithImages } from '../session_builders.js';

/** @import {KeptObject, SessionStore} from '../../../static/js/state/state_types.js' */
/** @import {Stores} from '../api/memory_database.js' */

beforeEach(() => vi.stubGlobal('IDBKeyRange', MemoryKeyRange));
afterEach(() => vi.unstubAllGlobals());

let pages = 0;

// Opens a page on an image: the server has these objects, and the browser what earlier pages have left behind.
async function openPage(
  /** @type {Stores} */ stores,
  /** @type {readonly KeptObject[]} */ objects,
  { model = 'm', near = 100, others = /** @type {string[]} */ ([]), fails = false } = {},
) {
  const store = storeWithImages();
  store.apply(setModel({ modelId: model, name: model }));
  store.apply(loadObjects(1, objects));
  const id = `page${(pages += 1)}`;
  const tab = { id, others: async () => new Set(others) };
  const histories = await openHistories(memoryDatabase(stores, { fails }), tab);
  const report = vi.fn();
  const keeping = new HistoryKeeping({ store, histories, modelId: async () => model, report, near });
  keeping.start();
  await keeping.recall(1);
  return { id, store, keeping, report, settled: () => keeping.settled(1) };
}

/** @type {(store: SessionStore, x: number) => void} */
function click(store, x) {
  store.apply(addPoint(imagePoint(x, 10), 1));
  answer(store, [makeCandidate({ logits: Float32Array.of(x, 1 / x), side: 1 })]);
}

/** @type {(store: SessionStore, key: string) => void} */
const accept = (store, key) => store.apply(acceptDraft({ key, modelId: 'm' }));

// What the server would give back: the same objects without logits.
const fromServer = (/** @type {SessionStore} */ store) =>
  structuredClone(keptObjects(store.get())).map((object) => ({ ...object, logits: null }));

// Walks to one end and writes down everything on the way, logits of kept objects left out: the server has these.
async function walk(
  /** @type {Awaited<ReturnType<typeof openPage>>} */ { store, settled },
  /** @type {typeof undoStep} */ step,
  /** @type {typeof canUndo} */ isPossible,
) {
  const seen = [];
  for (;;) {
    const { objects, draft } = currentContent(store.get());
    seen.push({ objects: objects.map((object) => ({ ...object, logits: null })), draft });
    await settled();
    if (!isPossible(store.get())) return structuredClone(seen);
    store.apply(step());
  }
}

describe('steps', () => {
  it('are all there after a reload, prompts and logits to the bit, and redo too', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = await openPage(stores, [makeObject('a')]);
    click(first.store, 3);
    click(first.store, 7);
    accept(first.store, 'b');
    first.store.apply(setObjectCategory('a', 2));
    click(first.store, 9);
    for (let back = 0; back < 2; back += 1) first.store.apply(undoStep());
    await first.settled();
    const objects = fromServer(first.store);

    const second = await openPage(stores, objects);
    expect(currentDocument(second.store.get()).past).toHaveLength(3);
    const back = await walk(second, undoStep, canUndo);
    expect(back).toEqual(await walk(first, undoStep, canUndo));
    const forth = await walk(second, redoStep, canRedo);
    expect(forth).toEqual(await walk(first, redoStep, canRedo));
    expect(forth).toHaveLength(6);
    expect(second.report).not.toHaveBeenCalled();
  });

  it('show the very objects that the server has, so that nothing is sent again', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = await openPage(stores, [makeObject('a')]);
    click(first.store, 3);
    accept(first.store, 'b');
    await first.settled();
    const objects = fromServer(first.store);
    const second = await openPage(stores, objects);
    second.store.apply(undoStep());
    second.store.apply(redoStep());
    expect(keptObjects(second.store.get())).toEqual(objects);
    expect(keptObjects(second.store.get())[1]).toBe(objects[1]);
  });

  it('have no limit: far ones lie in the database alone and come back when they are needed', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = await openPage(stores, [], { near: 5 });
    for (let step = 1; step <= 40; step += 1) {
      first.store.apply(replaceObjects(new Map(), [makeObject(`o${step}`)]));
      if (step % 3 === 0) await first.settled();
    }
    await first.settled();
    expect(currentDocument(first.store.get()).past.length).toBeLessThan(12);
    const second = await openPage(stores, fromServer(first.store), { near: 5 });
    const back = await walk(second, undoStep, canUndo);
    expect(back.map(({ objects }) => objects.length)).toEqual(Array.from({ length: 41 }, (_, at) => 40 - at));
    const forth = await walk(second, redoStep, canRedo);
    expect(forth.map(({ objects }) => objects.length)).toEqual(Array.from({ length: 41 }, (_, at) => at));
    expect(currentDocument(second.store.get()).past.length).toBeLessThan(12);
  });

  it('forget what was taken back when something else is done', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = await openPage(stores, []);
    for (const key of ['a', 'b', 'c']) first.store.apply(replaceObjects(new Map(), [makeObject(key)]));
    await first.settled();
    first.store.apply(undoStep());
    first.store.apply(undoStep());
    first.store.apply(replaceObjects(new Map(), [makeObject('z')]));
    await first.settled();
    expect([...(stores.get('steps')?.keys() ?? [])]).toHaveLength(3);
    const second = await openPage(stores, fromServer(first.store));
    const back = await walk(second, undoStep, canUndo);
    expect(back.map(({ objects }) => objects.map(({ key }) => key))).toEqual([['a', 'z'], ['a'], []]);
    expect(canRedo(second.store.get())).toBe(true);
  });

  it('come before what was done while they were read', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = await openPage(stores, []);
    first.store.apply(replaceObjects(new Map(), [makeObject('a')]));
    await first.settled();
    const store = storeWithImages();
    store.apply(loadObjects(1, fromServer(first.store)));
    const histories = await openHistories(memoryDatabase(stores), { id: 'quick', others: async () => new Set() });
    const keeping = new HistoryKeeping({ store, histories, modelId: async () => 'm', report: vi.fn() });
    keeping.start();
    const recalled = keeping.recall(1);
    click(store, 4);
    await recalled;
    expect(currentDocument(store.get()).past.map(({ objects }) => objects.length)).toEqual([0, 1]);
    expect(openDraft(store.get())?.points).toHaveLength(1);
  });

  it('are dropped, and that is said, when somebody else has changed an object since', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = await openPage(stores, [makeObject('a')]);
    first.store.apply(replaceObjects(new Map(), [makeObject('b')]));
    await first.settled();
    const [a, b] = fromServer(first.store);
    const second = await openPage(stores, [{ ...a, categoryId: 2 }, b]);
    expect(canUndo(second.store.get())).toBe(false);
    expect(second.store.get().notices.at(-1)?.message).toContain('changed elsewhere');
    second.store.apply(setObjectCategory('b', 2));
    await second.settled();
    const third = await openPage(stores, fromServer(second.store));
    expect(await walk(third, undoStep, canUndo)).toHaveLength(2);
  });

  it('never take away what somebody else has added', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = await openPage(stores, []);
    first.store.apply(replaceObjects(new Map(), [makeObject('mine')]));
    await first.settled();
    const second = await openPage(stores, [makeObject('theirs'), ...fromServer(first.store)]);
    second.store.apply(undoStep());
    expect(keptObjects(second.store.get()).map(({ key }) => key)).toEqual(['theirs']);
    await second.settled();
    const third = await openPage(stores, fromServer(second.store));
    third.store.apply(redoStep());
    expect(keptObjects(third.store.get()).map(({ key }) => key)).toEqual(['theirs', 'mine']);
  });

  it('of another model keep their prompts and are asked again', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = await openPage(stores, []);
    click(first.store, 3);
    accept(first.store, 'b');
    await first.settled();
    const second = await openPage(stores, fromServer(first.store), { model: 'other' });
    second.store.apply(undoStep());
    expect(openDraft(second.store.get())).toMatchObject({ answered: false, candidates: [], points: [{ x: 3 }] });
  });

  it('belong to one tab at a time', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = await openPage(stores, []);
    first.store.apply(replaceObjects(new Map(), [makeObject('a')]));
    await first.settled();
    const second = await openPage(stores, fromServer(first.store), { others: [first.id] });
    expect(canUndo(second.store.get())).toBe(false);
  });

  it('take an answer up that comes late, after steps were taken back', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = await openPage(stores, []);
    first.store.apply(addPoint(imagePoint(3, 3), 1));
    first.store.apply(undoStep());
    await first.settled();
    first.store.apply(redoStep());
    answer(first.store, [makeCandidate({ logits: Float32Array.of(5), side: 1 })]);
    first.store.apply(undoStep());
    await first.settled();
    const second = await openPage(stores, []);
    second.store.apply(redoStep());
    expect(openDraft(second.store.get())?.candidates[0].logits).toEqual(Float32Array.of(5));
  });

  it('go on in memory when the disk is full, which is told once', async () => {
    const { store, report, settled } = await openPage(new Map(), [], { fails: true });
    for (const key of ['a', 'b', 'c']) {
      store.apply(replaceObjects(new Map(), [makeObject(key)]));
      await settled();
    }
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'the steps back would not outlive this page');
    expect(currentDocument(store.get()).past).toHaveLength(3);
  });
});
