import { describe, expect, it, vi } from 'vitest';
import { createDraftKeeping } from '../../../static/js/services/draft_keeping.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { acceptDraft } from '../../../static/js/state/actions/object_actions.js';
import { discardDraft, openObject } from '../../../static/js/state/actions/prompt_actions.js';
import { setModel } from '../../../static/js/state/actions/view_actions.js';
import { openDraft } from '../../../static/js/state/selectors.js';
import { clickAndAnswer, makeCandidate, makeObject, settle, storeWithImages } from '../session_builders.js';

/** @import {PendingDraft} from '../../../static/js/api/pending_saves.js' */
/** @import {Draft} from '../../../static/js/state/state_types.js' */

/** @param {PendingDraft<Draft>[]} [left] what earlier pages left unfinished */
function makeKeeping(left = []) {
  const store = storeWithImages();
  store.apply(setModel({ modelId: 'm', name: 'model' }));
  /** @type {Map<string, PendingDraft<Draft>>} */
  const kept = new Map();
  const report = vi.fn();
  const loadObjects = vi.fn(async () => {});
  let time = 0;
  const keeping = createDraftKeeping({
    store,
    drafts: {
      list: async () => left.splice(0),
      put: async (draft) => void kept.set(draft.key, draft),
      forget: async (key) => void kept.delete(key),
    },
    loadObjects,
    modelId: async () => 'm',
    report,
    now: () => (time += 1),
  });
  keeping.start();
  return { store, kept, report, loadObjects, keeping };
}

/** @returns {PendingDraft<Draft>[]} one unfinished object on image 1 and, newer, one on image 2 */
function leftDrafts() {
  const { store, kept } = makeKeeping();
  clickAndAnswer(store);
  store.apply(openImage(2));
  clickAndAnswer(store, 40, 30);
  return [...kept.values()];
}

describe('draft keeping', () => {
  it('remembers an object from its first click until it is accepted or discarded', async () => {
    const { store, kept } = makeKeeping();
    clickAndAnswer(store);
    expect(kept.get('1')).toMatchObject({ imageId: 1, modelId: 'm', draft: { answered: true, points: [{ x: 15 }] } });
    store.apply(acceptDraft({ key: 'k', modelId: 'm' }));
    expect(kept.size).toBe(0);
    clickAndAnswer(store);
    expect(kept.size).toBe(1);
    store.apply(discardDraft());
    expect(kept.size).toBe(0);
  });

  it('does not remember an object that was only opened', () => {
    const { store, kept } = makeKeeping();
    store.apply(openObject(makeObject('a'), makeCandidate(), null));
    expect(kept.size).toBe(0);
  });

  it('brings back every unfinished object, and names the image of the newest', async () => {
    const { store, kept, loadObjects, keeping } = makeKeeping(leftDrafts());
    expect(await keeping.recall()).toBe(2);
    expect(loadObjects).toHaveBeenCalledTimes(2);
    expect(openDraft(store.get())?.points).toMatchObject([{ x: 15, y: 25, label: 1 }]);
    expect(store.get().documents[2].content.draft?.points).toMatchObject([{ x: 40, y: 30 }]);
    expect(kept.size).toBe(2);
    store.apply(discardDraft());
    expect([...kept.keys()]).toEqual(['2']);
    expect(await keeping.recall()).toBeNull();
  });

  it('tries again what could not be brought back', async () => {
    const { store, report, loadObjects, keeping } = makeKeeping(leftDrafts());
    loadObjects.mockRejectedValueOnce(new Error('down'));
    expect(await keeping.recall()).toBe(1);
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'an unfinished object waits to be shown');
    expect(await keeping.recall()).toBe(2);
    expect(store.get().documents[2].content.draft?.points).toHaveLength(1);
  });

  it('says so when the browser has no room left', async () => {
    const { store, kept, report } = makeKeeping();
    vi.spyOn(kept, 'set').mockImplementation(() => {
      throw new Error('full');
    });
    clickAndAnswer(store);
    await settle();
    expect(report).toHaveBeenCalledWith(expect.any(Error), 'this object would not outlive the page');
  });
});
