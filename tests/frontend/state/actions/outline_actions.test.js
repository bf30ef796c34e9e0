import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { redoStep, undoStep } from '../../../../static/js/state/actions/history_actions.js';
import { addOutlinePoint, setOutline, setOutlineRing } from '../../../../static/js/state/actions/outline_actions.js';
import { openOutline } from '../../../../static/js/state/selectors.js';
import { storeWithImages } from '../../session_builders.js';

const RING = [imagePoint(0, 0), imagePoint(9, 0), imagePoint(9, 9), imagePoint(0, 9)];

describe('outlines', () => {
  it('grow point by point, and every point can be taken back', () => {
    const store = storeWithImages();
    for (const point of RING) store.apply(addOutlinePoint(point, true));
    expect(openOutline(store.get())).toMatchObject({ rings: [RING], open: true, erases: true });
    store.apply(undoStep());
    expect(openOutline(store.get())?.rings[0]).toHaveLength(3);
    for (let step = 0; step < 3; step += 1) store.apply(undoStep());
    expect(openOutline(store.get())).toBeNull();
    store.apply(redoStep());
    expect(openOutline(store.get())?.rings[0]).toHaveLength(1);
  });

  it('lose rings that enclose nothing any more, and vanish with the last one', () => {
    const store = storeWithImages();
    const edited = { rings: [RING, RING], open: false, erases: false, exact: null, tolerance: 1, key: null };
    store.apply(setOutline(edited));
    store.apply(addOutlinePoint(RING[0], false));
    expect(openOutline(store.get())).toBe(edited);
    store.apply(setOutlineRing(0, RING.slice(0, 2)));
    expect(openOutline(store.get())?.rings).toEqual([RING]);
    store.apply(setOutlineRing(0, []));
    expect(openOutline(store.get())).toBeNull();
    store.apply(setOutlineRing(0, RING));
    expect(openOutline(store.get())).toBeNull();
  });
});
