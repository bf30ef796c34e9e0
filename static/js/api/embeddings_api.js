/** Embeddings: asking for one, following its making, fetching it. */

/** @import {Crop, EmbeddingState, ImageJson, ModelAnswerJson} from '../types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} EmbeddingsApi
 * @property {() => Promise<ModelAnswerJson>} model the model that the server runs
 * @property {(id: ImageJson['id'], crop?: Crop) => Promise<EmbeddingState>} request starts the making, or joins it; of all
 *   of the image, or of a part
 * @property {(id: ImageJson['id'], crop?: Crop) => Promise<EmbeddingState>} expect has it made when nobody waits for another
 * @property {(id: ImageJson['id'], crop?: Crop) => Promise<unknown>} release takes a request back
 * @property {(id: ImageJson['id'], crop?: Crop) => Promise<EmbeddingState>} state how far it has come
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
  /** @type {(id: ImageJson['id'], crop?: Crop, what?: string) => string} */
  const address = (id, crop, what = '') =>
    `/api/images/${id}/embedding${what}${crop ? `?crop=${crop.x},${crop.y},${crop.width},${crop.height}` : ''}`;
  return {
    model: async () => /** @type {ModelAnswerJson} */ (await http.get('/api/model')),
    request: async (id, crop) => /** @type {EmbeddingState} */ (await http.post(address(id, crop))),
    expect: async (id, crop) => /** @type {EmbeddingState} */ (await http.post(address(id, crop, '/expected'))),
    release: (id, crop) => http.remove(address(id, crop)),
    state: async (id, crop) => /** @type {EmbeddingState} */ (await http.get(address(id, crop, '/state'))),
    fetch: (url, signal) => http.getBytes(url, { signal }),
    fetchAgain: (url) => http.getBytes(url, { cache: 'reload' }),
  };
}
