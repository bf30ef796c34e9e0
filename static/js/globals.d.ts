/** What main.js puts on the page for automation. */

import type { SessionCommands } from './services/session_commands.js';
import type { DecoderLadder } from './services/decoder_ladder.js';
import type { SessionStore } from './state/state_types.js';
import type { Rle } from './types.js';

declare global {
  var maskwright: {
    readonly store: SessionStore;
    readonly decoder: DecoderLadder;
    readonly commands: SessionCommands;
    shownMask(): Rle | null;
    shownLogits(): Float32Array | null;
  };
}
