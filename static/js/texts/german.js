/** German, by the English words. */

import { GERMAN_CANVAS } from './german_canvas.js';
import { GERMAN_COMFORT } from './german_comfort.js';
import { GERMAN_DECODER } from './german_decoder.js';
import { GERMAN_DIALOGS } from './german_dialogs.js';
import { GERMAN_KEYS } from './german_keys.js';
import { GERMAN_LEARNING } from './german_learning.js';
import { GERMAN_NOTICES } from './german_notices.js';
import { GERMAN_OBJECTS } from './german_objects.js';
import { GERMAN_PROPOSALS } from './german_proposals.js';
import { GERMAN_SCREENS } from './german_screens.js';
import { GERMAN_SERVER } from './german_server.js';
import { GERMAN_TEAM } from './german_team.js';
import { GERMAN_TOUR } from './german_tour.js';
import { GERMAN_WORKBENCH } from './german_workbench.js';

/** Everything that the page says. */
export const GERMAN = /** @type {Readonly<Record<string, string>>} */ (
  Object.freeze({
    ...GERMAN_CANVAS,
    ...GERMAN_KEYS,
    ...GERMAN_COMFORT,
    ...GERMAN_DECODER,
    ...GERMAN_LEARNING,
    ...GERMAN_OBJECTS,
    ...GERMAN_PROPOSALS,
    ...GERMAN_SCREENS,
    ...GERMAN_WORKBENCH,
    ...GERMAN_DIALOGS,
    ...GERMAN_NOTICES,
    ...GERMAN_TOUR,
    ...GERMAN_TEAM,
    ...GERMAN_SERVER,
  })
);
