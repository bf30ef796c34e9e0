/** Embeddings: asking for one, following its making, fetching it. */

/** @import {EmbeddingState, ImageJson, ModelAnswerJson} from '../types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} EmbeddingsApi
 * @property {() => Promise<ModelAnswerJson>} model the model that the server runs
 * @property {(id: ImageJson['id']) => Promise<EmbeddingState>} request starts the making, or joins it
 * @property {(id: ImageJson['id']) => Promise<EmbeddingState>} state how far it has come
 * @property {(url: string) => Promise<ArrayBuffer>} fetch the embedding as safetensors bytes, from the address that its
 *   state names
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {EmbeddingsApi} the calls; they reject as the client does
 */
export function createEmbeddingsApi(http) {
  return {
    model: async () => /** @type {ModelAnswerJson} */ (await http.get('/api/model')),
    request: async (id) => /** @type {EmbeddingState} */ (await http.post(`/api/images/${id}/embedding`)),
    state: async (id) => /** @type {EmbeddingState} */ (await http.get(`/api/images/${id}/embedding/state`)),
    fetch: (url) => http.getBytes(url),
  };
}
