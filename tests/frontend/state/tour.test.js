import { describe, expect, it } from 'vitest';
import { addImages, openImage } from '../../../static/js/state/actions/image_actions.js';
import { beginTour, nextTourStep } from '../../../static/js/state/actions/tour_actions.js';
import { acceptDraft } from '../../../static/js/state/actions/object_actions.js';
import { addPoint, setBox } from '../../../static/js/state/actions/prompt_actions.js';
import { showDialog } from '../../../static/js/state/actions/view_actions.js';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { TOUR_STEPS, isTourStepDone, tourStep } from '../../../static/js/state/tour.js';
import { answer, hoverAt, makeImage, storeWithImages } from '../session_builders.js';

function sampleStore() {
  const store = storeWithImages();
  store.apply(addImages([makeImage(9)]));
  store.apply(openImage(9));
  store.apply((state) => ({ ...state, featuresReady: true, viewport: { scale: 1, offsetX: 0, offsetY: 0 } }));
  store.apply(beginTour(9));
  return { store, isDone: () => isTourStepDone(store.get()), next: () => store.apply(nextTourStep()) };
}

describe('tour', () => {
  it('knows when each step was done, and only that one', () => {
    const { store, isDone, next } = sampleStore();
    /** @type {Record<string, () => void>} */
    const doings = {
      hover: () => hoverAt(store, 20, 30),
      click: () => {
        store.apply(addPoint(imagePoint(20, 30), 1));
        answer(store);
      },
      background: () => {
        store.apply(addPoint(imagePoint(60, 60), 0));
        answer(store);
      },
      box: () => {
        store.apply(setBox([5, 5, 50, 50]));
        answer(store);
      },
      accept: () => store.apply(acceptDraft({ key: 'k', modelId: null })),
      export: () => store.apply(showDialog('export')),
    };
    for (const step of TOUR_STEPS.slice(0, -1)) {
      expect([step, tourStep(store.get()), isDone()]).toEqual([step, step, false]);
      doings[step]();
      expect([step, isDone()]).toEqual([step, true]);
      next();
    }
    expect([tourStep(store.get()), isDone()]).toEqual(['end', false]);
  });

  it('rests while another image is open, and goes on afterwards', () => {
    const { store } = sampleStore();
    store.apply(openImage(1));
    expect(tourStep(store.get())).toBeNull();
    store.apply(openImage(9));
    expect(tourStep(store.get())).toBe('hover');
  });
});
