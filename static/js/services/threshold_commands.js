/** The commands around the threshold of the open object. */

/** @import {SessionStore} from '../state/state_types.js' */

import { setThreshold, toggleUncertainty } from '../state/actions/threshold_actions.js';
import { THRESHOLD_RANGE, thresholdOf } from '../state/mask_threshold.js';
import { openDraft } from '../state/selectors.js';

/**
 * Make the commands.
 *
 * @param {object} parts what they work with
 * @param {SessionStore} parts.store the session
 * @returns {{stepThreshold: (step: 1 | -1) => boolean, setThreshold: (threshold: number | null) => void,
 *   toggleUncertainty: () => void}} the commands by name
 */
export function thresholdCommands({ store }) {
  return {
    stepThreshold(step) {
      const threshold = thresholdOf(openDraft(store.get()));
      if (threshold === null) return false;
      store.apply(setThreshold(threshold + step * THRESHOLD_RANGE.step));
      return true;
    },
    setThreshold: (threshold) => store.apply(setThreshold(threshold)),
    toggleUncertainty: () => store.apply(toggleUncertainty()),
  };
}
