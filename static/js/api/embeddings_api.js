/** Embeddings: asking for one, following its making, fetching it. */

/** @import {EmbeddingState, ImageJson, ModelAnswerJson} from '../types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} EmbeddingsApi
 * @property {() => Promise<ModelAnswerJson>} model the model that the server runs
 * @property {(id: ImageJson['id']) => Promise<EmbeddingState>} request starts the making, or joins it
 * @property {(id: ImageJson['id']) => Promise<EmbeddingState>} expect has it made when nobody waits for another
 * @property {(id: ImageJson['id']) => Promise<unknown>} release takes a request back
 * @property {(id: ImageJson['id']) => Promise<EmbeddingState>} state how far it has come
 * @property {(url: string, signal?: AbortSignal) => Promise<ArrayBuffer>} fetch the embedding as safetensors bytes, from
 *   the address that its state names
 * @property {(url: string) => Promise<ArrayBuffer>} fetchAgain the same, past all caches
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {EmbeddingsApi} the calls; they reject as the client does
 */
export function createEmbeddingsApi(http) {
  const address = (/** @type {ImageJson['id']} */ id) => `/api/images/${id}/embedding`;
  return {
    model: async () => /** @type {ModelAnswerJson} */ (await http.get('/api/model')),
    request: async (id) => /** @type {EmbeddingState} */ (await http.post(address(id))),
    expect: async (id) => /** @type {EmbeddingState} */ (await http.post(`${address(id)}/expected`)),
    release: (id) => http.remove(address(id)),
    state: async (id) => /** @type {EmbeddingState} */ (await http.get(`${address(id)}/state`)),
    fetch: (url, signal) => http.getBytes(url, { signal }),
    fetchAgain: (url) => http.getBytes(url, { cache: 'reload' }),
  };
}
