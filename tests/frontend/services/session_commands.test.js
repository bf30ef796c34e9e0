import { describe, expect, it, vi } from 'vitest';
import { KEY_MAP } from '../../../static/js/input/key_map.js';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { createSessionCommands, runBinding } from '../../../static/js/services/session_commands.js';
import { bringSteps, leaveSteps } from '../../../static/js/state/actions/history_actions.js';
import { selectObjects } from '../../../static/js/state/actions/selection_actions.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { receiveExact } from '../../../static/js/state/actions/threshold_actions.js';
import { currentDocument, keptObjects, openDraft } from '../../../static/js/state/selectors.js';
import { answer, clickAndAnswer, makeCandidate, makeReading, settle, storeWithImages } from '../session_builders.js';

/** @import {CommandParts} from '../../../static/js/services/session_commands.js' */

function makeCommands() {
  const store = storeWithImages();
  const driver = { cancel: vi.fn(() => false), interrupt: vi.fn() };
  const opening = { open: vi.fn(async () => {}) };
  const outlines = { phase: vi.fn(() => 'none'), finish: vi.fn(() => true), drop: vi.fn(() => false) };
  const categories = { choose: vi.fn(), create: vi.fn(), update: vi.fn(), remove: vi.fn() };
  const library = { open: vi.fn(), step: vi.fn(), addFiles: vi.fn(), addFolder: vi.fn(), remove: vi.fn() };
  const steps = { settled: vi.fn(async () => {}) };
  const exactMasks = { settle: vi.fn(async () => true) };
  const view = { fit: vi.fn(), actual: vi.fn(), zoomStep: vi.fn() };
  const browser = { chooseFiles: vi.fn(), chooseClassList: vi.fn() };
  const exchange = { startExport: vi.fn(), tryImport: vi.fn(), confirmImport: vi.fn() };
  let keys = 0;
  const parts = {
    store,
    driver: () => driver,
    saver: { retry: vi.fn() },
    categories,
    exactMasks,
    steps,
    library,
    opening,
    outlines,
    view,
    retryEmbedding: vi.fn(),
    newKey: () => `key${(keys += 1)}`,
    browser,
    exchange,
    tour: { startTour: async () => {}, nextTourStep: () => {}, endTour: () => {} },
    review: { commands: { reviewProposals: async () => {}, skipReviewed: () => {}, endReview: () => {} } },
  };
  const commands = createSessionCommands(/** @type {CommandParts} */ (/** @type {unknown} */ (parts)));
  return { store, driver, opening, outlines, steps, exactMasks, categories, library, view, exchange, commands };
}

describe('session commands', () => {
  it('has a command for every key but those of reviewers, which come with the team', () => {
    const { commands } = makeCommands();
    const others = KEY_MAP.filter(({ command }) => !/Review$/.test(command));
    for (const { command } of others) expect(commands).toHaveProperty(command);
  });

  it('accepts the object, and leaves the key alone when there is none', () => {
    const { store, commands } = makeCommands();
    expect(commands.accept()).toBe(false);
    clickAndAnswer(store);
    expect(commands.accept()).toBe(true);
    expect(keptObjects(store.get()).map(({ key }) => key)).toEqual(['key1']);
  });

  it('waits with accepting until the mask follows the threshold', async () => {
    const { store, exactMasks, commands } = makeCommands();
    store.apply(addPoint(imagePoint(5, 5), 1));
    const candidate = makeCandidate({ placement: makeReading().placement });
    answer(store, [candidate]);
    commands.setThreshold(2);
    exactMasks.settle.mockImplementationOnce(async () => {
      const { rle, area, bbox, contours } = makeCandidate({ area: 77 });
      store.apply(receiveExact(1, candidate, { rle, area, bbox, contours }, 2));
      return true;
    });
    expect(commands.accept()).toBe(true);
    expect(keptObjects(store.get())).toEqual([]);
    await settle();
    expect(keptObjects(store.get())).toMatchObject([{ area: 77, prompts: { threshold: 2 } }]);
  });

  it('explains why an empty mask is not kept', () => {
    const { store, commands } = makeCommands();
    store.apply(addPoint(imagePoint(5, 5), 1));
    answer(store, [makeCandidate({ area: 0 })]);
    commands.accept();
    expect(keptObjects(store.get())).toEqual([]);
    expect(store.get().notices[0].message).toContain('at least one pixel');
  });

  it('steps back from the gesture to the object to nothing', () => {
    const { store, driver, commands } = makeCommands();
    clickAndAnswer(store);
    driver.cancel.mockReturnValueOnce(true);
    commands.stepBack();
    expect(openDraft(store.get())).not.toBeNull();
    commands.stepBack();
    expect(openDraft(store.get())).toBeNull();
    commands.stepBack();
  });

  it('fetches a step that is far away, and takes it back when it is there', async () => {
    const { store, commands, steps } = makeCommands();
    clickAndAnswer(store);
    const { content, past } = currentDocument(store.get());
    store.apply(leaveSteps(1, 0));
    steps.settled.mockImplementationOnce(async () => store.apply(bringSteps(1, { past })));
    commands.undo();
    expect(openDraft(store.get())).toBe(content.draft);
    await settle();
    expect(openDraft(store.get())).toBeNull();
    commands.undo();
    expect(steps.settled).toHaveBeenCalledOnce();
  });

  it('drops a gesture before undo and redo', () => {
    const { store, driver, commands } = makeCommands();
    clickAndAnswer(store);
    commands.undo();
    expect(openDraft(store.get())).toBeNull();
    commands.redo();
    expect(openDraft(store.get())).not.toBeNull();
    expect(driver.interrupt).toHaveBeenCalledTimes(2);
  });

  it('goes round the candidates, and leaves Tab to the browser when there is no choice', () => {
    const { store, commands } = makeCommands();
    expect(commands.nextCandidate(1)).toBe(false);
    store.apply(addPoint(imagePoint(5, 5), 1));
    answer(store, [makeCandidate(), makeCandidate({ token: 2 }), makeCandidate({ token: 3 })]);
    commands.nextCandidate(-1);
    expect(openDraft(store.get())?.candidateIndex).toBe(2);
    commands.nextCandidate(1);
    expect(openDraft(store.get())?.candidateIndex).toBe(0);
  });

  it('keeps the open object before another one is opened', () => {
    const { store, opening, commands } = makeCommands();
    clickAndAnswer(store);
    commands.refine('a1');
    expect(keptObjects(store.get())).toHaveLength(1);
    expect(opening.open).toHaveBeenCalledWith('a1');
  });

  it('ends an outline before the object', () => {
    const { store, outlines, commands } = makeCommands();
    clickAndAnswer(store);
    outlines.phase.mockReturnValueOnce('drawing');
    commands.accept();
    expect(outlines.finish).toHaveBeenCalledOnce();
    outlines.drop.mockReturnValueOnce(true);
    commands.stepBack();
    expect(openDraft(store.get())).not.toBeNull();
  });

  it('steps back from a selection to nothing', () => {
    const { store, commands } = makeCommands();
    store.apply(selectObjects(['a1']));
    commands.stepBack();
    expect(store.get().selectedKeys).toEqual([]);
  });

  it('chooses a class by its number and ignores numbers without one', () => {
    const { categories, commands } = makeCommands();
    commands.chooseCategoryAt(1);
    commands.chooseCategoryAt(7);
    expect(categories.choose.mock.calls).toEqual([[2]]);
  });

  it('runs what a key means and says when the key is free', () => {
    const { store, commands } = makeCommands();
    const binding = { command: 'chooseTool', value: 'box', keys: [], label: '', group: /** @type {const} */ ('Tools') };
    expect(runBinding(commands, binding)).toBe(true);
    expect(store.get().tool).toBe('box');
    expect(runBinding(commands, { ...binding, command: 'accept' })).toBe(false);
  });

  it('drives the page', () => {
    const { store, library, view, commands } = makeCommands();
    commands.swapPointLabel();
    commands.showHelp();
    commands.toggleHover();
    expect(store.get().hoverEnabled).toBe(false);
    commands.toggleMasks();
    commands.stepImage(1);
    commands.zoomIn();
    commands.zoomOut();
    expect(store.get()).toMatchObject({ pointLabel: 0, dialog: 'help', masksVisible: false });
    expect(library.step).toHaveBeenCalledWith(1);
    expect(view.zoomStep.mock.calls).toEqual([[1], [-1]]);
    commands.showExport();
    expect(store.get().dialog).toBe('export');
  });

  it('tries annotation files and adds photographs', async () => {
    const { library, exchange, commands } = makeCommands();
    const [photo, notes] = [new File(['x'], 'a.jpg'), new File(['{}'], 'A.JSON')];
    await commands.addFiles([photo]);
    expect(exchange.tryImport).not.toHaveBeenCalled();
    await commands.addFiles([notes, photo]);
    await commands.addFiles([notes]);
    expect(library.addFiles.mock.calls).toEqual([[[photo]], [[photo]]]);
    expect(exchange.tryImport.mock.calls).toEqual([[notes], [notes]]);
  });
});
