/**
 * Brings the embedding of the open image to the decoder, then those of its neighbours to this page, before they are
 * asked for. Whoever jumps to another image cancels all of it.
 */

/** @import {Size} from '../types.js' */
/** @import {EmbeddingState, ImageId, ImageRecord, SessionStore} from '../state/state_types.js' */
/** @import {EmbeddingsApi} from '../api/embeddings_api.js' */
/** @import {EmbeddingStore} from './embedding_store.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { ApiError, NetworkError } from '../api/api_error.js';
import { setCloseUp } from '../state/actions/close_up_actions.js';
import { markFeaturesReady, setEmbeddingState } from '../state/actions/image_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { nextOpenImage } from '../state/image_states.js';
import { neighbourImage } from '../state/selectors.js';
import { text } from '../texts/texts.js';
import { describeProblem } from './problem_report.js';

/** Pause between questions while the server encodes, in milliseconds. */
const POLL_PAUSE = 400;
const OFFLINE_PAUSE = 2000;

/**
 * @typedef {object} ImageDecoder
 * @property {(image: {imageId: string, embedding: ArrayBuffer, imageSize: Size}) => Promise<void>} setImage gives the
 *   features to the decoder
 * @property {() => Promise<void>} renew starts it again with the model that the server has now
 */

/**
 * @typedef {object} WatchParts
 * @property {SessionStore} store the session
 * @property {EmbeddingsApi} api the server
 * @property {EmbeddingStore} embeddings what this page has already
 * @property {ImageDecoder} decoder gets the features
 * @property {ReportProblem} report shows problems
 * @property {(image: ImageRecord) => void} [onExpected] an image is likely to be opened next
 * @property {(pause: number) => Promise<void>} [wait] waits some milliseconds
 */

/**
 * Make the watcher.
 *
 * @param {WatchParts} parts what it works with
 * @returns {{follow: (image: ImageRecord) => Promise<void>}} follows one image; a later call replaces it
 */
export function createEmbeddingWatch(parts) {
  const { store, api, report } = parts;
  let leaving = new AbortController();
  /** @type {ImageId | null} an image that the server was asked for and has not given yet */
  let asked = null;

  /** @type {(image: ImageRecord, signal: AbortSignal) => Promise<void>} */
  const bring = async (image, signal) => {
    asked = image.id;
    const embedding = await obtain(parts, image, signal, api.request);
    asked = null;
    if (embedding === null) return;
    await giveToDecoder(parts, image, embedding, signal);
    if (signal.aborted) return;
    store.apply(markFeaturesReady(image.id));
    for (const neighbour of expectedNext(store)) {
      parts.onExpected?.(neighbour);
      await obtain(parts, neighbour, signal, api.expect);
    }
  };

  return {
    async follow(image) {
      leaving.abort();
      leaving = new AbortController();
      const { signal } = leaving;
      // Nobody waits for what was left; that it cannot be said when the server is away does no harm.
      if (asked !== null && asked !== image.id) void api.release(asked).catch(() => {});
      try {
        await bring(image, signal);
      } catch (problem) {
        if (signal.aborted) return;
        // A neighbour that cannot be encoded says so when it is opened.
        if (store.get().featuresReady) return;
        const { code, message, hint } = describeProblem(problem);
        store.apply(setEmbeddingState(image.id, { ...NOTHING, error: { code, message, hint } }));
        report(problem, text('clicks on {name} cannot be answered', { name: image.file_name }));
      }
    },
  };
}

/** @type {EmbeddingState} */
const NOTHING = { state: 'failed', eta_s: null, queue_position: null, error: null, url: null };

/** @type {(store: SessionStore) => ImageRecord[]} in work order: the next one, the next that is not finished, the previous one */
function expectedNext(store) {
  const state = store.get();
  const images = [neighbourImage(state, 1), nextOpenImage(state), neighbourImage(state, -1)];
  const others = images.filter((image) => image !== null && image.id !== state.currentImageId);
  return [...new Set(/** @type {ImageRecord[]} */ (others))];
}

/**
 * @param {WatchParts} parts
 * @param {ImageRecord} image
 * @param {AbortSignal} signal
 * @param {EmbeddingsApi['request']} ask puts it where it belongs in the order of the server
 * @returns {Promise<ArrayBuffer | null>} null when the server could not encode it; its state says why
 */
async function obtain(parts, image, signal, ask) {
  const { embeddings } = parts;
  const fetchFrom = (/** @type {string} */ url) => patiently(parts, signal, () => embeddings.fetch(url, signal));
  if (image.embedding.url !== null) {
    try {
      return await fetchFrom(image.embedding.url);
    } catch (problem) {
      // The server had it once and dropped it, or has another model by now: it is asked for.
      if (!(problem instanceof ApiError)) throw problem;
    }
  }
  const { url } = await untilSettled(parts, image.id, signal, ask);
  return url === null ? null : fetchFrom(url);
}

/** @type {(parts: WatchParts, id: ImageId, signal: AbortSignal, ask: EmbeddingsApi['request']) => Promise<EmbeddingState>} */
async function untilSettled(parts, id, signal, ask) {
  const { store, api, wait = waitFor } = parts;
  let state = await patiently(parts, signal, () => ask(id));
  store.apply(setEmbeddingState(id, state));
  while (state.state === 'waiting' || state.state === 'encoding') {
    await wait(POLL_PAUSE);
    state = await patiently(parts, signal, () => api.state(id));
    store.apply(setEmbeddingState(id, state));
  }
  return state;
}

/** @type {<T>(parts: WatchParts, signal: AbortSignal, call: () => Promise<T>) => Promise<T>} */
async function patiently({ wait = waitFor }, signal, call) {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (problem) {
      if (!(problem instanceof NetworkError) || signal.aborted) throw problem;
      await wait(OFFLINE_PAUSE);
    }
  }
}

/** @type {(parts: WatchParts, image: ImageRecord, embedding: ArrayBuffer, signal: AbortSignal) => Promise<void>} */
async function giveToDecoder(parts, image, embedding, signal) {
  const { store, api, embeddings, decoder } = parts;
  const next = { imageId: String(image.id), imageSize: { width: image.width, height: image.height } };
  // With the image the decoder forgets the part of it that it had.
  store.apply(setCloseUp(null));
  try {
    await decoder.setImage({ ...next, embedding });
  } catch (problem) {
    const { code, message } = describeProblem(problem);
    if (code !== 'model_mismatch' || signal.aborted) throw problem;
    store.apply(
      addNotice({
        tone: 'info',
        message: text('the embedding comes from another model; it is fetched again'),
        hint: message,
      }),
    );
    await decoder.renew();
    const { url } = await untilSettled(parts, image.id, signal, api.request);
    if (url === null) throw problem;
    embeddings.forget(url);
    await decoder.setImage({ ...next, embedding: await api.fetchAgain(url) });
  }
}

/** @type {(pause: number) => Promise<void>} */
const waitFor = (pause) => new Promise((resolve) => setTimeout(resolve, pause));
