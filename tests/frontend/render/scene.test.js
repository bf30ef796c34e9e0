import { describe, expect, it } from 'vitest';
import { buildReadings, buildScene } from '../../../static/js/render/scene.js';
import { putCategory } from '../../../static/js/state/actions/category_actions.js';
import { changeLook } from '../../../static/js/state/actions/look_actions.js';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { addPoint, openObject, previewBox } from '../../../static/js/state/actions/prompt_actions.js';
import { setReading, showQuick } from '../../../static/js/state/actions/reading_actions.js';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { previewMove, selectObjects, toggleLocked } from '../../../static/js/state/actions/selection_actions.js';
import { setThreshold, toggleUncertainty } from '../../../static/js/state/actions/threshold_actions.js';
import { hoverProposal } from '../../../static/js/state/actions/proposal_actions.js';
import {
  chooseTool,
  hoverObject,
  toggleMasks,
  toggleObjectHidden,
  toggleSolo,
} from '../../../static/js/state/actions/view_actions.js';
import {
  SQUARE,
  answer,
  clickAndAnswer,
  findProposals,
  hoverAt,
  makeCandidate,
  makeCategory,
  makeObject,
  makeProposal,
  makeReading,
  storeWithImages,
} from '../session_builders.js';

const traced = () => SQUARE;

function storeWithObjects() {
  const store = storeWithImages();
  store.apply(
    loadObjects(1, [makeObject('a'), makeObject('b', { categoryId: 2 }), makeObject('c', { categoryId: 99 })]),
  );
  return store;
}

/** @type {(store: ReturnType<typeof storeWithObjects>) => string[]} */
const looks = (store) => buildScene(store.get(), traced).masks.map(({ look, color }) => `${look} ${color}`);

describe('scene', () => {
  it('shows kept objects in the colours of their classes, and grey without one', () => {
    expect(looks(storeWithObjects())).toEqual(['kept #56b4e9', 'kept #e69f00', 'kept #a4a9b1']);
  });

  it('fills kept objects with the patterns of their classes, and the open one plainly', () => {
    const store = storeWithObjects();
    store.apply(putCategory({ ...makeCategory(1, 'cat'), pattern: 'dots' }));
    const patterns = () => buildScene(store.get(), traced).masks.map(({ look, pattern }) => [look, pattern]);
    expect(patterns()).toEqual([
      ['kept', 'dots'],
      ['kept', 'plain'],
      ['kept', 'plain'],
    ]);
    store.apply(selectObjects(['a']));
    expect(patterns().at(-1)).toEqual(['selected', 'dots']);
    clickAndAnswer(store);
    expect(patterns().at(-1)).toEqual(['open', undefined]);
  });

  it('fills kept masks as the project wants it: fainter, stronger, or not at all', () => {
    const store = storeWithObjects();
    const fades = () => buildScene(store.get(), traced).masks.map(({ fade }) => fade);
    expect(fades()).toEqual([1, 1, 1]);
    store.apply(changeLook({ opacity: 0.76 }));
    expect(fades()).toEqual([2, 2, 2]);
    store.apply(changeLook({ outlineOnly: true }));
    expect(fades()).toEqual([0, 0, 0]);
  });

  it('puts the hovered object on top and the open one above all', () => {
    const store = storeWithObjects();
    store.apply(hoverObject('a'));
    expect(looks(store).at(-1)).toBe('hovered #56b4e9');
    clickAndAnswer(store);
    expect(looks(store)).toEqual(['behind #e69f00', 'behind #a4a9b1', 'hovered #56b4e9', 'open #56b4e9']);
  });

  it('shows a reopened object once', () => {
    const store = storeWithObjects();
    store.apply(openObject(makeObject('a'), makeCandidate(), null));
    expect(looks(store)).toEqual(['behind #e69f00', 'behind #a4a9b1', 'open #56b4e9']);
  });

  it('leaves out what is hidden or not traced yet; the open object stays', () => {
    const store = storeWithObjects();
    store.apply(toggleObjectHidden('b'));
    expect(looks(store)).toHaveLength(2);
    expect(buildScene(store.get(), () => null).masks).toEqual([]);
    store.apply(toggleMasks());
    clickAndAnswer(store);
    expect(looks(store)).toEqual(['open #56b4e9']);
  });

  it('shows proposals with their tool only, small ones and the one that stands out on top', () => {
    const store = storeWithImages();
    findProposals(store, [makeProposal(1, { area: 10 }), makeProposal(2, { area: 90 }), makeProposal(3, { area: 50 })]);
    expect(looks(store)).toEqual([]);
    store.apply(chooseTool('proposal'));
    expect(looks(store)).toEqual(Array(3).fill('proposal #e7e9ec'));
    store.apply(hoverProposal(2));
    expect(looks(store).at(-1)).toBe('hovered #56b4e9');
  });

  it('has the prompts and the box of a gesture', () => {
    const store = storeWithObjects();
    clickAndAnswer(store);
    store.apply(previewBox([1, 2, 3, 4]));
    expect(buildScene(store.get(), traced)).toMatchObject({
      points: [{ label: 1 }],
      box: null,
      previewBox: [1, 2, 3, 4],
    });
  });

  it('shows selected objects alone when that is wanted, and all without a selection', () => {
    const store = storeWithObjects();
    store.apply(toggleSolo());
    expect(looks(store)).toHaveLength(3);
    store.apply(selectObjects(['b']));
    expect(looks(store)).toEqual(['selected #e69f00']);
  });

  it('lays selected objects on top and moves them with the gesture, unless they are locked', () => {
    const store = storeWithObjects();
    store.apply(selectObjects(['a', 'b']));
    store.apply(toggleLocked(['b']));
    store.apply(previewMove({ dx: 3, dy: 1 }));
    expect(looks(store)).toEqual(['kept #a4a9b1', 'selected #56b4e9', 'selected #e69f00']);
    const [, free, locked] = buildScene(store.get(), traced).masks;
    expect([free.shift, locked.shift]).toEqual([{ dx: 3, dy: 1 }, undefined]);
    expect(buildScene(store.get(), traced).masks.map(({ level }) => level)).toEqual([2, 0, 1]);
  });
});

describe('masks that come as logits', () => {
  it('are the preview, in the colour of the class, and nothing without one', () => {
    const store = storeWithImages();
    expect(buildReadings(store.get())).toEqual([]);
    hoverAt(store, 20, 30);
    expect(buildReadings(store.get())).toMatchObject([{ look: 'hover', color: '#56b4e9', threshold: 0, over: null }]);
  });

  it('show the reading that is wanted for the class', () => {
    const store = storeWithImages();
    const readings = [0.2, 0.9, 0.5].map((coverage) => makeReading({ coverage }));
    hoverAt(store, 20, 30, readings);
    expect(buildReadings(store.get())[0].mask).toBe(readings[0]);
    store.apply(setReading(1, 'part'));
    expect(buildReadings(store.get())[0].mask).toBe(readings[2]);
  });

  it('show over the open object what a click would take away', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    hoverAt(store, 60, 60);
    expect(buildReadings(store.get())[0].over).toMatchObject({ side: 2, threshold: 0 });
  });

  it('stand in for the open object until its exact mask is there', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    store.apply(addPoint(imagePoint(60, 60), 1));
    expect(buildScene(store.get(), traced).masks).toHaveLength(1);
    const revision = store.get().documents[1].content.draft?.revision ?? -1;
    store.apply(showQuick({ imageId: 1, revision, readings: [makeReading()] }));
    expect(buildReadings(store.get())).toMatchObject([{ look: 'open' }]);
    expect(buildScene(store.get(), traced).masks).toEqual([]);
  });

  it('stand in for a mask whose threshold is being moved, and show where the decoder is unsure', () => {
    const store = storeWithImages();
    store.apply(addPoint(imagePoint(15, 25), 1));
    answer(store, [makeCandidate({ placement: makeReading().placement })]);
    expect(buildReadings(store.get())).toEqual([]);
    store.apply(setThreshold(2));
    expect(buildReadings(store.get())).toMatchObject([{ look: 'open', threshold: 2, uncertain: false }]);
    expect(buildScene(store.get(), traced).masks).toEqual([]);
    store.apply(setThreshold(null));
    store.apply(toggleUncertainty());
    expect(buildReadings(store.get())).toMatchObject([{ look: 'open', threshold: 0, uncertain: true }]);
  });
});
