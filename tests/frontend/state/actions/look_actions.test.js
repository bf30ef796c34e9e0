import { expect, it } from 'vitest';
import * as actions from '../../../../static/js/state/actions/look_actions.js';
import { enterProject } from '../../../../static/js/state/actions/project_actions.js';
import { USUAL_LOOK, lookOf } from '../../../../static/js/state/looks.js';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { storeWithImages } from '../../session_builders.js';

it('changes the look of one project, and gives it its usual look again', () => {
  const store = storeWithImages();
  store.apply(actions.changeLook({ gamma: 9 }));
  store.apply(actions.changeLook({ grid: true }));
  expect(lookOf(store.get())).toEqual({ ...USUAL_LOOK, gamma: 3, grid: true });
  store.apply(enterProject(7));
  expect(lookOf(store.get())).toBe(USUAL_LOOK);
  store.apply(enterProject(1));
  store.apply(actions.resetLook());
  expect(lookOf(store.get())).toBe(USUAL_LOOK);
});

it('opens the panel, and shows what is measured', () => {
  const store = storeWithImages();
  store.apply(actions.toggleLookPanel());
  expect(store.get().lookPanelOpen).toBe(true);
  const measure = { from: imagePoint(0, 0), to: imagePoint(3, 4) };
  store.apply(actions.showMeasure(measure));
  expect(store.get().measure).toBe(measure);
  expect(actions.showMeasure(measure)(store.get())).toBe(store.get());
});
