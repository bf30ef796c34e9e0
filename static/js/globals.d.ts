/** What main.js puts on the page for automation. */

import type { SessionCommands } from './services/session_commands.js';
import type { DecoderClient } from './inference/decoder_client.js';
import type { SessionStore } from './state/state_types.js';
import type { Rle } from './types.js';

declare global {
  var maskwright: {
    readonly store: SessionStore;
    readonly decoder: DecoderClient;
    readonly commands: SessionCommands;
    shownMask(): Rle | null;
    shownLogits(): Float32Array | null;
  };
}
