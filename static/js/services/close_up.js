/**
 * Brings the embedding of the part of the image that is seen to the decoder: on a key, and by itself while a person rests over
 * a part of a large image.
 */

/** @import {Crop} from '../types.js' */
/** @import {CloseUp, SessionState, SessionStore} from '../state/state_types.js' */
/** @import {EmbeddingsApi} from '../api/embeddings_api.js' */
/** @import {EmbeddingStore} from './embedding_store.js' */
/** @import {NextCloseUp} from './decoder_ladder.js' */
/** @import {IdleWatch} from './idle_watch.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { SHARES, closeUpCrop, visiblePart } from '../geometry/close_up_crop.js';
import { markCloseUpReady, setCloseUp } from '../state/actions/close_up_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { currentImage } from '../state/selectors.js';
import { phrase, text } from '../texts/texts.js';

/** Pause between questions while the server encodes, in milliseconds. */
const POLL_PAUSE = 400;

/** A close-up still does for a view that shows at least this share of its longer side. */
const STILL_CLOSE = 0.4;

/**
 * @typedef {object} CloseUps
 * @property {() => Promise<void>} toggle brings the part that is seen, or leaves it where it is there already
 * @property {() => () => void} start brings it by itself from now on; the returned function ends that
 */

/**
 * @typedef {object} CloseUpParts
 * @property {SessionStore} store the session
 * @property {EmbeddingsApi} api the server
 * @property {Pick<EmbeddingStore, 'fetch'>} embeddings what this page has already
 * @property {{setCloseUp: (closeUp: NextCloseUp) => Promise<void>}} decoder gets the features
 * @property {Pick<IdleWatch, 'whenIdle'>} idle knows when the person rests
 * @property {ReportProblem} report shows problems
 * @property {(pause: number) => Promise<unknown>} [wait] waits some milliseconds
 */

/**
 * Make the service.
 *
 * @param {CloseUpParts} parts what it works with
 * @returns {CloseUps} the service
 */
export function createCloseUps(parts) {
  const { store, idle, report } = parts;
  /** @type {object | null} the view that was left by hand: nothing comes by itself before it changes */
  let left = null;
  let waits = false;

  /** @type {(crop: Crop, ask: EmbeddingsApi['request']) => Promise<void>} */
  const bring = async (crop, ask) => {
    const { currentImageId } = store.get();
    if (currentImageId === null) return;
    /** @type {CloseUp} */
    const wanted = { imageId: currentImageId, crop, ready: false };
    store.apply(setCloseUp(wanted));
    try {
      await obtain(parts, wanted, ask);
    } catch (problem) {
      if (store.get().closeUp !== wanted) return;
      store.apply(setCloseUp(null));
      report(problem, text('this part of the image was not encoded by itself'));
    }
  };
  const bringIfIdle = async () => {
    if (waits) return;
    waits = true;
    await idle.whenIdle();
    waits = false;
    const state = store.get();
    if (state.viewport === left || !state.featuresReady) return;
    const crop = cropOf(state, SHARES.byItself);
    if (crop && !state.closeUp) await bring(crop, parts.api.expect);
  };

  return {
    async toggle() {
      const state = store.get();
      if (state.closeUp) {
        left = state.viewport;
        store.apply(setCloseUp(null));
        return;
      }
      const crop = state.featuresReady ? cropOf(state, SHARES.asked) : null;
      if (crop) await bring(crop, parts.api.request);
      else store.apply(addNotice(state.featuresReady ? TOO_LARGE : TOO_EARLY));
    },
    start: () =>
      store.subscribe((state, previous) => {
        if (state.closeUp?.ready && !isStillClose(state)) store.apply(setCloseUp(null));
        const moved = state.viewport !== previous.viewport || state.featuresReady !== previous.featuresReady;
        if (moved && cropOf(state, SHARES.byItself)) void bringIfIdle();
      }),
  };
}

/** @type {(parts: CloseUpParts, wanted: CloseUp, ask: EmbeddingsApi['request']) => Promise<void>} gives up when another one is wanted */
async function obtain({ store, api, embeddings, decoder, wait = waitFor }, wanted, ask) {
  const { imageId, crop } = wanted;
  const isWanted = () => store.get().closeUp === wanted;
  let embedding = await ask(imageId, crop);
  while (isWanted() && (embedding.state === 'waiting' || embedding.state === 'encoding')) {
    await wait(POLL_PAUSE);
    embedding = await api.state(imageId, crop);
  }
  if (!isWanted()) {
    await api.release(imageId, crop);
    return;
  }
  if (embedding.url === null) throw Object.assign(new Error(embedding.error?.message ?? ''), embedding.error ?? {});
  const bytes = await embeddings.fetch(embedding.url);
  const image = store.get().images.find((one) => one.id === imageId);
  if (!isWanted() || !image) return;
  await decoder.setCloseUp({ embedding: bytes, imageSize: { width: image.width, height: image.height } });
  store.apply(markCloseUpReady(wanted));
}

/** @type {(state: SessionState, share: number) => Crop | null} the part that is seen, where it is worth it */
function cropOf(state, share) {
  const image = currentImage(state);
  const { viewport, canvasSize, model } = state;
  if (!image || !viewport || !canvasSize || !model?.imageSize) return null;
  return closeUpCrop(image, viewport, canvasSize, model.imageSize, share);
}

/** @type {(state: SessionState) => boolean} false where the view has left the close-up, or gone much nearer than it */
function isStillClose(state) {
  const image = currentImage(state);
  const { closeUp, viewport, canvasSize } = state;
  if (!closeUp || !image || !viewport || !canvasSize) return true;
  const { left, top, right, bottom } = visiblePart(image, viewport, canvasSize);
  const { x, y, width, height } = closeUp.crop;
  const isBeside = right <= x || bottom <= y || left >= x + width || top >= y + height;
  const isNearer = Math.max(right - left, bottom - top) < STILL_CLOSE * Math.max(width, height);
  return !isBeside && !(isNearer && cropOf(state, SHARES.byItself) !== null);
}

/** @type {(pause: number) => Promise<void>} */
const waitFor = (pause) => new Promise((resolve) => setTimeout(resolve, pause));

const TOO_LARGE = {
  tone: /** @type {const} */ ('info'),
  message: phrase('nothing would be seen more sharply here'),
  hint: phrase('zoom in on a part of a photograph that is larger than what the model sees'),
};
const TOO_EARLY = {
  tone: /** @type {const} */ ('info'),
  message: phrase('the photograph itself is still being encoded'),
  hint: '',
};
