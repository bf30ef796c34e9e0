/** Makes the runtime fail in ways that tests cannot bring about from outside. Nothing here happens unless it is asked for. */

/** @import { DecoderSetup, GraphSession } from '../types.js' */

/** @typedef {(graph: Uint8Array, setup: DecoderSetup) => Promise<GraphSession>} OpenGraph */

/** Two runs open a decoder, the third prepares an image: the fourth is the first answer to a prompt. */
const RUNS_BEFORE_PROMPTS = 3;

/** In pages of 64 KiB: the library starts, the decoder does not fit. */
const SMALL_MEMORY_PAGES = 288;

/**
 * Make what opens graphs fail as the setup says.
 *
 * @param {OpenGraph} open - Opens a graph.
 * @returns {OpenGraph} The same, while the setup names no failure.
 */
export function withForcedFailures(open) {
  return async (graph, setup) => {
    if (setup.failure === 'out-of-memory') limitMemory();
    if (setup.failure === 'webgpu-lies') return lie(await open(graph, { ...setup, provider: 'wasm' }));
    const session = await open(graph, setup);
    return setup.failure === 'worker-dies' ? dieAtPrompts(session) : session;
  };
}

/** Leaves WebAssembly little memory: what the library then does is what it does on a full device. */
function limitMemory() {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    /** @param {WebAssembly.MemoryDescriptor} wanted */
    constructor(wanted) {
      super({ ...wanted, maximum: Math.min(wanted.maximum ?? SMALL_MEMORY_PAGES, SMALL_MEMORY_PAGES) });
    }
  };
}

/**
 * @param {GraphSession} session
 * @returns {GraphSession} Says that it runs on WebGPU, and turns every mask inside out.
 */
function lie(session) {
  return {
    ...session,
    provider: 'webgpu',
    async run(inputs, outputNames) {
      const outputs = await session.run(inputs, outputNames);
      const logits = outputs.get('low_res_logits')?.values ?? [];
      for (const [index, value] of logits.entries()) logits[index] = -value;
      return outputs;
    },
  };
}

/**
 * @param {GraphSession} session
 * @returns {GraphSession} Ends its worker in the middle of the first prompt.
 */
function dieAtPrompts(session) {
  let runs = 0;
  return {
    ...session,
    run(inputs, outputNames) {
      runs += 1;
      if (runs <= RUNS_BEFORE_PROMPTS) return session.run(inputs, outputNames);
      setTimeout(() => {
        throw new Error('it was told to die');
      });
      return new Promise(() => {});
    },
  };
}
