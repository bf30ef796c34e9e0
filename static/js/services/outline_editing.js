/** Outlines into masks and masks into outlines. */

/** @import {CanvasPoint, Contours, ImagePoint, Ring, Rle} from '../types.js' */
/** @import {Outline, SessionStore} from '../state/state_types.js' */
/** @import {OutlinePlace} from '../tools/tool_types.js' */
/** @import {MaskMaking} from './mask_making.js' */
/** @import {EditShape} from './shape_editing.js' */

import { canvasToImage } from '../geometry/viewport.js';
import { combineRuns } from '../masks/mask_algebra.js';
import { distanceToSegment, ringsOfContours, simplifyRings } from '../masks/rings.js';
import { runsOfRings } from '../masks/shape_runs.js';
import { contoursOfEdges } from '../masks/contour.js';
import { edgesOfRle } from '../masks/rle_edges.js';
import { cachedRuns } from '../masks/run_cache.js';
import { editDraft, replaceObjects } from '../state/actions/edit_actions.js';
import { addOutlinePoint, setOutline, setOutlineRing } from '../state/actions/outline_actions.js';
import { keptObjects, openDraft, openOutline, shownCandidate } from '../state/selectors.js';
import { freeSelection, tell } from './free_selection.js';
import { phrase } from '../texts/texts.js';

/** How near the pointer must be to a point or a line, in CSS pixels. */
const REACH = 8;
/** How far an outline may lie from the mask when it is opened, in image pixels. */
const FIRST_TOLERANCE = 1;
/** Points that a person can still handle; a longer outline is simplified more. */
const MOST_POINTS = 400;

/**
 * @typedef {object} WholeOutline
 * @property {() => boolean} finish turns the outline into a mask, or drops it where it encloses nothing; false when there
 *   is none
 * @property {() => boolean} edit opens the outline of the open object, else of the selected one
 * @property {(tolerance: number) => void} simplify leaves out more or fewer points: how far the outline may lie from the
 *   mask, in image pixels
 * @property {() => boolean} drop closes the outline without a mask; false when there is none
 */

/** @typedef {WholeOutline & ReturnType<typeof outlinePoints>} OutlineEditing */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {MaskMaking} parts.making makes objects of masks
 * @param {EditShape} parts.editShape puts a drawn shape into a mask
 * @returns {OutlineEditing} the service
 */
export function createOutlineEditing({ store, making, editShape }) {
  const outline = () => openOutline(store.get());
  /** @type {(rle: Rle, key: string | null) => void} */
  const openMask = (rle, key) => {
    const exact = ringsOfContours(outlineOf(rle));
    const tolerance = fittingTolerance(exact);
    store.apply(
      setOutline({ rings: simplifyRings(exact, tolerance), open: false, erases: false, exact, tolerance, key }),
    );
  };

  /** @type {(edited: Outline) => void} the edited outline becomes the mask that it came from */
  const applyEdited = ({ rings, key }) => {
    const runs = runsOfRings(rings, making.size());
    const object = keptObjects(store.get()).find((kept) => kept.key === key);
    const shown = shownCandidate(openDraft(store.get()));
    const before = object?.rle ?? shown?.rle;
    const shape = before ? combineRuns(cachedRuns(before), runs, 'exclude') : runs;
    if (shape.length === 0) store.apply(setOutline(null));
    else if (runs.length === 0) tell(store, NOTHING_INSIDE);
    else if (object) {
      const remade = making.remade(object, runs, { tool: 'polygon', shape });
      if (remade) store.apply(replaceObjects(new Map([[object.key, [remade]]])));
    } else store.apply(editDraft(making.candidate(runs), { tool: 'polygon', box: making.boxOf(shape) }));
  };

  return {
    ...outlinePoints(store),
    finish() {
      const present = outline();
      if (!present) return false;
      if (!present.open) {
        applyEdited(present);
        return true;
      }
      const shape = runsOfRings(present.rings, making.size(), 'nonzero');
      if (shape.length === 0) tell(store, NOTHING_INSIDE);
      else editShape(shape, { erases: present.erases, tool: 'polygon' });
      if (outline() === present) store.apply(setOutline(null));
      return true;
    },
    edit() {
      const draft = openDraft(store.get());
      const shown = draft?.answered ? shownCandidate(draft) : null;
      if (shown) openMask(shown.rle, null);
      else {
        const [object] = freeSelection(store).slice(-1);
        if (!object) return tell(store, NOTHING_SELECTED);
        openMask(object.rle, object.key);
      }
      return true;
    },
    simplify(tolerance) {
      const present = outline();
      if (!present?.exact) return;
      store.apply(setOutline({ ...present, tolerance, rings: simplifyRings(present.exact, tolerance) }));
    },
    drop() {
      const isOpen = outline() !== null;
      store.apply(setOutline(null));
      return isOpen;
    },
  };
}

/** @param {SessionStore} store the session */
function outlinePoints(store) {
  /** @type {(ring: number, change: (points: Ring) => Ring) => void} */
  const changeRing = (ring, change) => {
    const points = openOutline(store.get())?.rings[ring];
    if (points) store.apply(setOutlineRing(ring, change(points)));
  };
  return {
    /** @type {(point: ImagePoint, erases: boolean) => void} */
    add: (point, erases) => store.apply(addOutlinePoint(point, erases)),
    /** @type {(place: OutlinePlace, point: ImagePoint) => void} */
    move: ({ ring, index }, point) =>
      changeRing(ring, (points) => points.map((old, at) => (at === index ? point : old))),
    /** @type {(place: OutlinePlace, point: ImagePoint) => void} */
    insert: ({ ring, index }, point) =>
      changeRing(ring, (points) => [...points.slice(0, index + 1), point, ...points.slice(index + 1)]),
    /** @type {(place: OutlinePlace) => void} */
    remove: ({ ring, index }) => changeRing(ring, (points) => points.filter((_, at) => at !== index)),
    /** @type {() => 'none' | 'drawing' | 'editing'} */
    phase() {
      const outline = openOutline(store.get());
      if (!outline) return 'none';
      return outline.open ? 'drawing' : 'editing';
    },
    /** @type {(point: CanvasPoint) => OutlinePlace | null} */
    placeAt(point) {
      const { viewport } = store.get();
      const outline = openOutline(store.get());
      if (!viewport || !outline) return null;
      return nearestPlace(outline, canvasToImage(viewport, point), REACH / viewport.scale);
    },
  };
}

/** @type {(outline: Outline, at: ImagePoint, reach: number) => OutlinePlace | null} points come before lines */
function nearestPlace({ rings }, at, reach) {
  /** @type {OutlinePlace | null} */
  let found = null;
  let nearest = reach;
  for (const kind of /** @type {const} */ (['point', 'line'])) {
    rings.forEach((ring, number) => {
      ring.forEach((point, index) => {
        const end = kind === 'point' ? point : ring[(index + 1) % ring.length];
        const distance = distanceToSegment(at, point, end);
        if (distance < nearest) [found, nearest] = [{ kind, ring: number, index }, distance];
      });
    });
    if (found) return found;
  }
  return null;
}

/** @type {(rle: Rle) => Contours} */
const outlineOf = (rle) => contoursOfEdges(edgesOfRle(rle), rle.size[1]);

/** @type {(exact: Outline['rings']) => number} */
function fittingTolerance(exact) {
  let tolerance = FIRST_TOLERANCE;
  while (pointCount(simplifyRings(exact, tolerance)) > MOST_POINTS) tolerance *= 1.5;
  return tolerance;
}

/** @type {(rings: Outline['rings']) => number} */
const pointCount = (rings) => rings.reduce((sum, ring) => sum + ring.length, 0);

const NOTHING_INSIDE = {
  message: phrase('an outline must enclose the centre of a pixel at least'),
  hint: phrase('add a point, or press Esc to drop it'),
};

const NOTHING_SELECTED = {
  message: phrase('there must be an object to take the outline of'),
  hint: phrase('select one first (V)'),
};
