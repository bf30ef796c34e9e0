/** Follows the embedding of the open image until the decoder has it, then asks for the next image's ahead of time. */

/** @import {Size} from '../types.js' */
/** @import {EmbeddingState, ImageId, ImageRecord, SessionStore} from '../state/state_types.js' */
/** @import {EmbeddingsApi} from '../api/embeddings_api.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { NetworkError } from '../api/api_error.js';
import { markFeaturesReady, setEmbeddingState } from '../state/actions/image_actions.js';
import { neighbourImage } from '../state/selectors.js';
import { describeProblem } from './problem_report.js';
import { text } from '../texts/texts.js';

/** Pause between questions while the server encodes, in milliseconds. */
const POLL_PAUSE = 400;
const OFFLINE_PAUSE = 2000;

/**
 * @typedef {object} ImageDecoder
 * @property {(image: {imageId: string, embedding: ArrayBuffer, imageSize: Size}) => Promise<void>} setImage gives the
 *   features to the decoder
 */

/**
 * Make the watcher.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {EmbeddingsApi} parts.api the server
 * @param {ImageDecoder} parts.decoder gets the features
 * @param {ReportProblem} parts.report shows problems
 * @param {(pause: number) => Promise<void>} [parts.wait] waits some milliseconds
 * @returns {{follow: (image: ImageRecord) => Promise<void>}} follows one image; a later call replaces it
 */
export function createEmbeddingWatch({ store, api, decoder, report, wait = waitFor }) {
  const isCurrent = (/** @type {ImageId} */ id) => store.get().currentImageId === id;
  const wanted = (/** @type {ImageId} */ id) => isCurrent(id) || neighbourImage(store.get(), 1)?.id === id;

  /** @type {(id: ImageId) => Promise<EmbeddingState>} */
  const untilSettled = async (id) => {
    let state = await patiently(() => api.request(id), id);
    store.apply(setEmbeddingState(id, state));
    while (wanted(id) && (state.state === 'waiting' || state.state === 'encoding')) {
      await wait(POLL_PAUSE);
      state = await patiently(() => api.state(id), id);
      store.apply(setEmbeddingState(id, state));
    }
    return state;
  };

  /** @type {<T>(call: () => Promise<T>, id: ImageId) => Promise<T>} */
  const patiently = async (call, id) => {
    for (;;) {
      try {
        return await call();
      } catch (problem) {
        if (!(problem instanceof NetworkError) || !wanted(id)) throw problem;
        await wait(OFFLINE_PAUSE);
      }
    }
  };

  /** @type {(image: ImageRecord) => Promise<void>} */
  const bring = async (image) => {
    const { url } = await untilSettled(image.id);
    if (url === null || !isCurrent(image.id)) return;
    const embedding = await patiently(() => api.fetch(url), image.id);
    if (!isCurrent(image.id)) return;
    const imageSize = { width: image.width, height: image.height };
    await decoder.setImage({ imageId: String(image.id), embedding, imageSize });
    store.apply(markFeaturesReady(image.id));
    const next = neighbourImage(store.get(), 1);
    if (isCurrent(image.id) && next && next.embedding.state !== 'ready') await untilSettled(next.id);
  };

  return {
    async follow(image) {
      try {
        await bring(image);
      } catch (problem) {
        if (!isCurrent(image.id)) return;
        const { code, message, hint } = describeProblem(problem);
        const error = { code, message, hint };
        store.apply(
          setEmbeddingState(image.id, { state: 'failed', eta_s: null, queue_position: null, error, url: null }),
        );
        report(problem, text('clicks on {name} cannot be answered', { name: image.file_name }));
      }
    },
  };
}

/**
 * @param {number} pause in milliseconds
 * @returns {Promise<void>} resolves after the pause
 */
function waitFor(pause) {
  return new Promise((resolve) => setTimeout(resolve, pause));
}
