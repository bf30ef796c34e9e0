import { beforeEach, describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { setHoverEnabled } from '../../../static/js/state/actions/hover_actions.js';
import { dropFeatures, markFeaturesReady, openImage } from '../../../static/js/state/actions/image_actions.js';
import { addPoint, chooseCandidate, previewBox } from '../../../static/js/state/actions/prompt_actions.js';
import { choosePointLabel, chooseTool, setCursor, showDialog } from '../../../static/js/state/actions/view_actions.js';
import { hoverQuestion, shownHover } from '../../../static/js/state/hover.js';
import { answer, clickAndAnswer, hoverAt, makeCandidate, storeWithImages } from '../session_builders.js';

/** @import { SessionStore } from '../../../static/js/state/state_types.js' */

const AT = imagePoint(50, 40);

/** @type {SessionStore} */
let store;

beforeEach(() => {
  store = storeWithImages();
  store.apply(markFeaturesReady(1));
  store.apply(setCursor(AT));
});

describe('the question of the pointer', () => {
  it('is a single click before there is an object', () => {
    expect(hoverQuestion(store.get())).toMatchObject({
      imageId: 1,
      draft: null,
      request: { points: [{ x: 50, y: 40, label: 1 }], box: null, previousLogits: null },
    });
  });

  it('is one more click on an open object, with the logits that are shown', () => {
    clickAndAnswer(store);
    const question = hoverQuestion(store.get());
    expect(question?.request.points).toHaveLength(2);
    expect(question?.request.previousLogits).toBe(question?.draft?.candidates[0].logits);
  });

  it.each([
    ['it is switched off', () => store.apply(setHoverEnabled(false))],
    ['another tool is in the hand', () => store.apply(chooseTool('box'))],
    ['the pointer left the canvas', () => store.apply(setCursor(null))],
    ['the pointer is beside the image', () => store.apply(setCursor(imagePoint(-3, 5)))],
    ['the decoder has no features', () => store.apply(dropFeatures())],
    ['a box is being drawn', () => store.apply(previewBox([0, 0, 5, 5]))],
    ['a dialog is open', () => store.apply(showDialog('help'))],
    ['the click would be a lone background click', () => store.apply(choosePointLabel(0))],
    ['the last click has no answer yet', () => store.apply(addPoint(imagePoint(9, 9), 1))],
    ['no image is open', () => store.apply(openImage(null))],
  ])('is not asked when %s', (_when, change) => {
    change();
    expect(hoverQuestion(store.get())).toBeNull();
  });

  it('is not asked where a press would take hold of a click', () => {
    clickAndAnswer(store);
    const { points } = hoverQuestion(store.get())?.draft ?? { points: [] };
    store.apply(setCursor(points[0]));
    expect(hoverQuestion(store.get())).toBeNull();
  });
});

describe('the preview that is shown', () => {
  beforeEach(() => hoverAt(store, 50, 40));

  it('stays while the pointer moves on, until the next answer', () => {
    store.apply(setCursor(imagePoint(51, 40)));
    expect(shownHover(store.get())?.point).toEqual(AT);
  });

  it.each([
    ['the image', () => store.apply(openImage(2))],
    ['the tool', () => store.apply(chooseTool('pan'))],
    ['the open object', () => clickAndAnswer(store)],
    ['the switch', () => store.apply(setHoverEnabled(false))],
    ['what a click means', () => store.apply(choosePointLabel(0))],
  ])('goes with a change of %s', (_what, change) => {
    change();
    expect(shownHover(store.get())).toBeNull();
  });

  it('goes when another candidate is chosen: the next click builds on that one', () => {
    store.apply(addPoint(imagePoint(15, 25), 1));
    answer(store, [makeCandidate(), makeCandidate()]);
    hoverAt(store, 70, 60);
    expect(shownHover(store.get())).not.toBeNull();
    store.apply(chooseCandidate(1));
    expect(shownHover(store.get())).toBeNull();
  });
});
