import { expect, it } from 'vitest';
import { beginTour, endTour, nextTourStep } from '../../../../static/js/state/actions/tour_actions.js';
import { TOUR_STEPS } from '../../../../static/js/state/tour.js';
import { storeWithImages } from '../../session_builders.js';

it('goes from step to step and is over after the last one', () => {
  const store = storeWithImages();
  store.apply(nextTourStep());
  expect(store.get().tour).toBeNull();
  store.apply(beginTour(1));
  const steps = TOUR_STEPS.map(() => {
    const at = store.get().tour?.step;
    store.apply(nextTourStep());
    return at;
  });
  expect(steps).toEqual(TOUR_STEPS.map((_, index) => index));
  expect(store.get().tour).toBeNull();
});

it('can be ended at any step', () => {
  const store = storeWithImages();
  store.apply(beginTour(1));
  store.apply(endTour());
  expect(store.get().tour).toBeNull();
});
