/** The keys and controls that change selected objects, by name. */

/** @import {SessionStore} from '../state/state_types.js' */
/** @import {Direction} from './crosshair.js' */
/** @import {ObjectEditing} from './object_editing.js' */
/** @import {OutlineEditing} from './outline_editing.js' */
/** @import {OrderMove} from '../state/z_order.js' */
/** @import {ToolDriver} from '../tools/tool_driver.js' */

import { setBrushSize } from '../state/actions/drawing_actions.js';
import { deleteObject } from '../state/actions/object_actions.js';
import { orderObjects } from '../state/actions/order_actions.js';
import { selectObjects, toggleLocked } from '../state/actions/selection_actions.js';
import { chooseTool, hoverObject } from '../state/actions/view_actions.js';
import { keptObjects, openDraft } from '../state/selectors.js';
import { DIRECTIONS } from './crosshair.js';
import { freeSelection } from './free_selection.js';

/** How far an arrow key moves the selected objects, in image pixels. */
const STEP = { nudge: 1, leap: 10 };

/**
 * Make the commands.
 *
 * @param {EditParts} parts the session, the hand, and what changes objects and outlines
 * @returns {ReturnType<typeof selectionCommands> & ReturnType<typeof maskCommands>} the commands by name
 */
export function editCommands(parts) {
  return { ...selectionCommands(parts), ...maskCommands(parts) };
}

/** @typedef {{store: SessionStore, driver: () => ToolDriver, objects: ObjectEditing, outlines: OutlineEditing}} EditParts */

/** @param {EditParts} parts what they work with */
function selectionCommands({ store, driver, objects }) {
  return {
    selectObjects: (/** @type {readonly string[]} */ keys) => store.apply(selectObjects(keys)),
    selectAll() {
      const { hiddenKeys, lockedKeys } = store.get();
      const free = keptObjects(store.get()).filter(({ key }) => !hiddenKeys[key] && !lockedKeys[key]);
      if (free.length === 0) return false;
      store.apply(selectObjects(free.map(({ key }) => key)));
      return true;
    },
    copySelected: () => objects.copy(),
    pasteObjects() {
      driver().interrupt();
      return objects.paste();
    },
    lockSelected() {
      const keys = store.get().selectedKeys;
      if (keys.length > 0) store.apply(toggleLocked(keys));
      return keys.length > 0;
    },
    /** @type {(move: OrderMove) => boolean} */
    orderSelected(move) {
      driver().interrupt();
      const keys = freeSelection(store).map(({ key }) => key);
      if (keys.length > 0) store.apply(orderObjects(keys, move));
      return keys.length > 0;
    },
    deleteOpen() {
      driver().interrupt();
      const open = openDraft(store.get())?.refines;
      const { hoveredKey, lockedKeys, selectedKeys } = store.get();
      if (!open && selectedKeys.length > 0) return objects.remove();
      const key = open ?? hoveredKey;
      if (!key || lockedKeys[key]) return false;
      store.apply(deleteObject(key));
      store.apply(hoverObject(null));
      return true;
    },
  };
}

/** @param {EditParts} parts what they work with */
function maskCommands({ store, driver, objects, outlines }) {
  /** @type {<T>(change: () => T) => T} */
  const betweenGestures = (change) => {
    driver().interrupt();
    return change();
  };
  return {
    combineSelected: (/** @type {'union' | 'subtract' | 'intersect'} */ operation) =>
      betweenGestures(() => objects.combine(operation)),
    editOutline: () =>
      betweenGestures(() => {
        if (!outlines.edit()) return false;
        store.apply(chooseTool('polygon'));
        return true;
      }),
    simplifyOutline: (/** @type {number} */ tolerance) => outlines.simplify(tolerance),
    setBrushSize: (/** @type {number} */ size) => store.apply(setBrushSize(size)),
    /** @type {(step: 1 | -1) => void} by a fifth, and by a pixel at least */
    stepBrush(step) {
      const { brushSize } = store.get();
      store.apply(setBrushSize(brushSize + step * Math.max(1, Math.round(brushSize / 5))));
    },
    splitSelected: () => betweenGestures(() => objects.split()),
    fillHoles: (/** @type {number} */ largest = Infinity) => betweenGestures(() => objects.fillHoles(largest)),
    removeIslands: (/** @type {number} */ largest = Infinity) => betweenGestures(() => objects.removeIslands(largest)),
  };
}

/**
 * Let the arrow keys move what is selected, while the select tool is in the hand.
 *
 * @param {object} parts what they work with
 * @param {SessionStore} parts.store the session
 * @param {ObjectEditing} parts.objects moves objects
 * @param {{moveCrosshair: (direction: Direction) => boolean, leapCrosshair: (direction: Direction) => boolean}} parts.else
 *   what the keys do otherwise
 * @returns {{moveCrosshair: (direction: Direction) => boolean, leapCrosshair: (direction: Direction) => boolean}} the
 *   commands by name
 */
export function arrowCommands({ store, objects, else: otherwise }) {
  /** @type {(direction: Direction, length: number) => boolean} */
  const nudge = (direction, length) => {
    const { tool, selectedKeys } = store.get();
    if (tool !== 'select' || selectedKeys.length === 0 || openDraft(store.get())) return false;
    const [dx, dy] = DIRECTIONS[direction];
    objects.move({ dx: dx * length, dy: dy * length });
    return true;
  };
  return {
    moveCrosshair: (direction) => nudge(direction, STEP.nudge) || otherwise.moveCrosshair(direction),
    leapCrosshair: (direction) => nudge(direction, STEP.leap) || otherwise.leapCrosshair(direction),
  };
}
