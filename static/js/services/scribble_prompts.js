/**
 * Scribbles and loops as prompts. A scribble becomes at most five clicks at equal distances along it, one for each
 * twentieth of the image's longer side. A loop becomes the box around it and at most three clicks inside, at the places
 * farthest from its line.
 */

/** @import {SessionStore} from '../state/state_types.js' */
/** @import {ToolCommands} from '../tools/tool_types.js' */

import { boxFromXywh } from '../geometry/box.js';
import { samplesAlong } from '../geometry/line_samples.js';
import { imagePoint, isOnImage } from '../geometry/point.js';
import { deepestPoints } from '../masks/deepest_point.js';
import { bboxOfRuns } from '../masks/mask_runs.js';
import { runsOfRings } from '../masks/shape_runs.js';
import { previewLine } from '../state/actions/drawing_actions.js';
import { addPrompts } from '../state/actions/prompt_actions.js';
import { currentImage } from '../state/selectors.js';

const MOST_ALONG = 5;
const MOST_INSIDE = 3;
/** Clicks along a line that spans the image. */
const PARTS = 20;

/**
 * Make the commands.
 *
 * @param {SessionStore} store the session
 * @returns {Pick<ToolCommands, 'previewLine' | 'promptLine' | 'promptLoop'>} the commands; what lies beside the image
 *   counts for nothing
 */
export function scribbleCommands(store) {
  return {
    previewLine: (points) => store.apply(previewLine(points)),
    promptLine(points, label) {
      const size = currentImage(store.get());
      const line = size ? points.filter((point) => isOnImage(point, size)) : [];
      if (!size || line.length === 0) return;
      const spacing = Math.max(size.width, size.height) / PARTS;
      const places = samplesAlong(line, { spacing, most: MOST_ALONG });
      store.apply(addPrompts({ points: places, label, box: null }));
    },
    promptLoop(points) {
      const size = currentImage(store.get());
      const runs = size ? runsOfRings([points], size, 'nonzero') : new Int32Array(0);
      if (!size || runs.length === 0) return;
      const inside = deepestPoints(runs, size, MOST_INSIDE).map(({ x, y }) => imagePoint(x, y));
      const box = boxFromXywh(bboxOfRuns(runs, size.height));
      store.apply(addPrompts({ points: inside, label: 1, box }));
    },
  };
}
