/** German, by the English words. */

import { GERMAN_COMFORT } from './german_comfort.js';
import { GERMAN_KEYS } from './german_keys.js';
import { GERMAN_LEARNING } from './german_learning.js';
import { GERMAN_OBJECTS } from './german_objects.js';
import { GERMAN_PROPOSALS } from './german_proposals.js';
import { GERMAN_SCREENS } from './german_screens.js';

/** Everything that the page says. */
export const GERMAN = /** @type {Readonly<Record<string, string>>} */ (
  Object.freeze({
    ...GERMAN_KEYS,
    ...GERMAN_COMFORT,
    ...GERMAN_LEARNING,
    ...GERMAN_OBJECTS,
    ...GERMAN_PROPOSALS,
    ...GERMAN_SCREENS,
  })
);
