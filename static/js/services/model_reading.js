/** Asks the server for its model until the decoder of that model can be fetched. */

/** @import {ModelAnswerJson, ModelJson} from '../types.js' */
/** @import {SessionStore} from '../state/state_types.js' */

import { setDecoderStatus, setModel } from '../state/actions/view_actions.js';
import { phrase } from '../texts/texts.js';

/** Pause between questions while the server exports the decoder, in milliseconds. */
const PAUSE = 1000;

/** What the status line says meanwhile. */
export const PREPARING = phrase('decoder is being prepared on the server');

/**
 * @typedef {object} ModelReading
 * @property {() => Promise<ModelAnswerJson>} about tells at once which model answers; asks once, and again after a failure
 * @property {() => Promise<ModelJson>} ready waits for its decoder; asks once, and again after a failure
 * @property {() => ModelJson | null} known the newest model whose decoder can be fetched
 * @property {() => Promise<boolean>} renew asks whether another model answers by now; if so, the others tell of that one
 * @property {() => Promise<ModelJson>} readAgain as `ready`, but forgets what the server said before
 */

/**
 * Make the reader.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {{model: () => Promise<ModelAnswerJson>}} parts.api the server
 * @param {(pause: number) => Promise<unknown>} [parts.wait] waits some milliseconds
 * @returns {ModelReading} the reader
 */
export function createModelReading({ store, api, wait = waitFor }) {
  /** @type {Promise<ModelAnswerJson> | null} */
  let first = null;
  /** @type {Promise<ModelJson> | null} */
  let ready = null;
  /** @type {ModelJson | null} */
  let known = null;

  /** @type {(model: ModelAnswerJson) => ModelAnswerJson} */
  const note = (model) => {
    store.apply(setModel({ modelId: model.model_id, name: model.name, imageSize: model.image_size }));
    return model;
  };
  const ask = async () => note(await api.model());
  const about = () => {
    first ??= ask().catch((problem) => {
      first = null;
      throw problem;
    });
    return first;
  };
  /** @type {() => Promise<ModelJson>} */
  const untilReady = async () => {
    let model = await about();
    while (model.decoder_url === null) {
      store.apply(setDecoderStatus({ phase: 'loading', threads: 0, message: PREPARING }));
      await wait(PAUSE);
      model = await ask();
    }
    known = { ...model, decoder_url: model.decoder_url };
    return known;
  };

  const readOnce = () => {
    ready ??= untilReady().catch((problem) => {
      ready = null;
      throw problem;
    });
    return ready;
  };
  return {
    about,
    ready: readOnce,
    known: () => known,
    readAgain() {
      first = null;
      ready = null;
      return readOnce();
    },
    async renew() {
      const { model_id: before } = await about();
      const model = await api.model();
      // Until the decoder of the new model can be fetched, clicks are better answered by the old one.
      if (model.model_id === before || model.decoder_url === null) return false;
      first = Promise.resolve(note(model));
      ready = null;
      return true;
    },
  };
}

/** @type {(pause: number) => Promise<void>} */
const waitFor = (pause) => new Promise((resolve) => setTimeout(resolve, pause));
