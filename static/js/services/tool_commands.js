/** What tools can do, on the real session: positions are checked against the image here, once for all tools. */

/** @import {ImagePoint, Size} from '../types.js' */
/** @import {SessionStore} from '../state/state_types.js' */
/** @import {ToolCommands} from '../tools/tool_types.js' */
/** @import {drawingCommands} from './drawing_commands.js' */
/** @import {ObjectEditing} from './object_editing.js' */
/** @import {ObjectOpening} from './object_opening.js' */
/** @import {ProposalBook} from './proposal_book.js' */
/** @import {ViewControl} from './view_control.js' */

import { boxFromXywh, boxesOverlap, clampBox, isBoxLargeEnough } from '../geometry/box.js';
import { nearestPointIndex } from '../geometry/hit_test.js';
import { imagePoint, isOnImage } from '../geometry/point.js';
import { canvasToImage } from '../geometry/viewport.js';
import { scribbleCommands } from './scribble_prompts.js';
import { undoStep } from '../state/actions/history_actions.js';
import * as prompts from '../state/actions/prompt_actions.js';
import { showMeasure } from '../state/actions/look_actions.js';
import { previewMove, selectObjects, toggleSelected } from '../state/actions/selection_actions.js';
import { hoverObject } from '../state/actions/view_actions.js';
import { currentImage, keptObjects, openDraft, promptCount } from '../state/selectors.js';

/** How near the pointer must be to a click to take hold of it, in CSS pixels. */
const GRAB_RADIUS = 9;
const SMALLEST_BOX_SIDE = 2;

/**
 * Make the commands.
 *
 * @param {object} parts what they work with
 * @param {SessionStore} parts.store the session
 * @param {ViewControl} parts.view the viewport
 * @param {ObjectOpening} parts.opening opens kept objects
 * @param {Pick<ObjectEditing, 'move'>} parts.objects moves what is selected
 * @param {ReturnType<typeof drawingCommands>} parts.drawing what hand tools draw
 * @param {ProposalBook} parts.proposals what the model finds by itself
 * @param {(key: string) => void} parts.refine opens a kept object, taking care of the one that is open
 * @returns {ToolCommands} the commands; what lies beside the image does nothing
 */
export function createToolCommands({ store, view, opening, objects, drawing, proposals, refine }) {
  /** @type {(run: (size: Size) => void) => void} */
  const onImage = (run) => {
    const image = currentImage(store.get());
    if (image) run(image);
  };
  /** @type {(point: ImagePoint) => boolean} */
  const refineAt = (point) => {
    const object = opening.objectAt(point);
    if (object) refine(object.key);
    return object !== null;
  };

  return {
    ...drawing,
    ...scribbleCommands(store),
    addPoint: (point, label) =>
      onImage((size) => {
        if (isOnImage(point, size)) store.apply(prompts.addPoint(point, label));
      }),
    setBox: (drawn) =>
      onImage((size) => {
        const box = clampBox(drawn, size);
        if (isBoxLargeEnough(box, SMALLEST_BOX_SIDE)) store.apply(prompts.setBox(box));
      }),
    previewBox: (box) => onImage((size) => store.apply(prompts.previewBox(box && clampBox(box, size)))),
    movePoint: (index, point) => onImage((size) => store.apply(prompts.movePoint(index, clampPoint(point, size)))),
    removePoint: (index) => store.apply(prompts.removePoint(index)),
    promptPointAt(point) {
      const { viewport } = store.get();
      const points = openDraft(store.get())?.points ?? [];
      if (!viewport) return null;
      const index = nearestPointIndex(points, canvasToImage(viewport, point), GRAB_RADIUS / viewport.scale);
      return index < 0 ? null : index;
    },
    pointLabel: () => store.get().pointLabel,
    refineAt,
    // The first click of the two has started an object: it is taken back, unless it belongs to earlier work.
    refineAtDoubleClick(point) {
      const draft = openDraft(store.get());
      if (!draft || draft.refines !== null || promptCount(draft) !== 1 || !opening.objectAt(point)) return false;
      store.apply(undoStep());
      return refineAt(point);
    },
    ...selectionTools({ store, opening, objects }),
    showMeasure: (measure) => store.apply(showMeasure(measure)),
    hoverAt: (point) => store.apply(hoverObject(point && (opening.objectAt(point)?.key ?? null))),
    panBy: (dx, dy) => view.pan(dx, dy),
    ...proposalHand(proposals),
  };
}

/**
 * @param {object} parts what they work with
 * @param {SessionStore} parts.store the session
 * @param {ObjectOpening} parts.opening finds the object under the pointer
 * @param {Pick<ObjectEditing, 'move'>} parts.objects moves what is selected
 * @returns {Pick<ToolCommands, 'selectAt' | 'selectInBox' | 'isSelectedAt' | 'previewMove' | 'moveSelected'>} the commands
 */
function selectionTools({ store, opening, objects }) {
  return {
    selectAt(point, adds) {
      const key = opening.objectAt(point)?.key ?? null;
      if (!adds) store.apply(selectObjects(key === null ? [] : [key]));
      else if (key !== null) store.apply(toggleSelected(key));
    },
    selectInBox(box) {
      const { hiddenKeys, lockedKeys } = store.get();
      const inside = keptObjects(store.get()).filter(
        ({ key, bbox }) => !hiddenKeys[key] && !lockedKeys[key] && boxesOverlap(boxFromXywh(bbox), box),
      );
      store.apply(selectObjects(inside.map(({ key }) => key)));
    },
    isSelectedAt: (point) => store.get().selectedKeys.includes(opening.objectAt(point)?.key ?? ''),
    previewMove: (by) => store.apply(previewMove(by)),
    moveSelected: (by) => void objects.move(by),
  };
}

/**
 * @param {ProposalBook} proposals what the model finds by itself
 * @returns {Pick<ToolCommands, 'hoverProposalAt' | 'takeProposal' | 'rejectProposal'>} what its tool can do
 */
function proposalHand(proposals) {
  return {
    hoverProposalAt: (point) => proposals.hoverAt(point),
    takeProposal: () => void proposals.take(),
    rejectProposal: () => proposals.reject(),
  };
}

/**
 * @param {ImagePoint} point anywhere
 * @param {Size} size of the image
 * @returns {ImagePoint} the nearest place on the image
 */
function clampPoint(point, size) {
  /** @type {(value: number, length: number) => number} */
  const within = (value, length) => Math.min(Math.max(value, 0), length - 1e-3);
  return imagePoint(within(point.x, size.width), within(point.y, size.height));
}
