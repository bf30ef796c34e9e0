/**
 * Embeddings that this page has, by their address: those used least recently go when they take too much memory. The
 * browser's own cache on disk has them for longer; here are those that must come without any waiting.
 */

/** Bytes kept at most: four embeddings of SAM 2, sixteen of SAM. */
export const EMBEDDING_BUDGET = 32e6;

/** Images around the open one that a person may go to next, and back. */
const MOST_KEPT = 12;

/**
 * @typedef {object} EmbeddingStore
 * @property {(url: string, signal?: AbortSignal) => Promise<ArrayBuffer>} fetch gives the embedding of an address, from
 *   memory if it is there; whoever asks while it is under way waits for the same answer
 * @property {(url: string) => void} forget drops one that turned out to be of no use
 * @property {() => {count: number, bytes: number, budget: number}} usage what is kept
 */

/**
 * Make the store.
 *
 * @param {(url: string, signal?: AbortSignal) => Promise<ArrayBuffer>} fetchBytes asks the server
 * @param {number} [budget] bytes kept at most; the newest embedding stays, however large it is
 * @returns {EmbeddingStore} the store
 */
export function createEmbeddingStore(fetchBytes, budget = EMBEDDING_BUDGET) {
  /** @type {Map<string, ArrayBuffer>} least recently used first */
  const kept = new Map();
  /** @type {Map<string, Promise<ArrayBuffer>>} */
  const underWay = new Map();
  let bytes = 0;

  const drop = (/** @type {string} */ url) => {
    bytes -= kept.get(url)?.byteLength ?? 0;
    kept.delete(url);
  };
  const keep = (/** @type {string} */ url, /** @type {ArrayBuffer} */ embedding) => {
    drop(url);
    kept.set(url, embedding);
    bytes += embedding.byteLength;
    for (const oldest of [...kept.keys()].slice(0, -1)) {
      if (bytes <= budget && kept.size <= MOST_KEPT) break;
      drop(oldest);
    }
  };
  const ask = async (/** @type {string} */ url, /** @type {AbortSignal | undefined} */ signal) => {
    try {
      const embedding = await fetchBytes(url, signal);
      keep(url, embedding);
      return embedding;
    } finally {
      underWay.delete(url);
    }
  };

  return {
    async fetch(url, signal) {
      const known = kept.get(url);
      if (known) {
        keep(url, known);
        return known;
      }
      const waiting = underWay.get(url);
      // What somebody else asked for may be cancelled by them: then it is asked for again.
      if (waiting) return waiting.catch(() => fetchAgain(url, signal));
      return fetchAgain(url, signal);
    },
    forget: drop,
    usage: () => ({ count: kept.size, bytes, budget }),
  };

  /** @type {(url: string, signal: AbortSignal | undefined) => Promise<ArrayBuffer>} */
  function fetchAgain(url, signal) {
    const asked = ask(url, signal);
    underWay.set(url, asked);
    return asked;
  }
}
