/** Kept masks on the server. */

/** @import {AnnotationJson, AnnotationListJson, ImageJson, NewAnnotationJson} from '../types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} AnnotationsApi
 * @property {(imageId: ImageJson['id']) => Promise<AnnotationJson[]>} list the annotations of an image, without logits
 * @property {(id: number) => Promise<AnnotationJson>} get one annotation, with its logits
 * @property {(imageId: ImageJson['id'], annotation: NewAnnotationJson) => Promise<AnnotationJson>} create keeps a mask
 * @property {(id: number, change: Partial<NewAnnotationJson>, revision: number | null) => Promise<AnnotationJson>} update
 *   changes the revision that the page has seen, any when it has seen none
 * @property {(id: number, revision: number | null) => Promise<unknown>} remove deletes it; it can be restored
 * @property {(id: number) => Promise<AnnotationJson>} restore takes the deletion back
 */

// The page has the logits that it sends, and fetches others when it needs them.
const BARE = '?without=logits';

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {AnnotationsApi} the calls; they reject as the client does
 */
export function createAnnotationsApi(http) {
  return {
    list: async (imageId) =>
      /** @type {AnnotationListJson} */ (await http.get(`/api/images/${imageId}/annotations`)).annotations,
    get: async (id) => /** @type {AnnotationJson} */ (await http.get(`/api/annotations/${id}`)),
    create: async (imageId, annotation) =>
      /** @type {AnnotationJson} */ (await http.post(`/api/images/${imageId}/annotations${BARE}`, annotation)),
    update: async (id, change, revision) =>
      /** @type {AnnotationJson} */ (await http.patch(`/api/annotations/${id}${BARE}`, change, revision)),
    remove: (id, revision) => http.remove(`/api/annotations/${id}`, revision),
    restore: async (id) => /** @type {AnnotationJson} */ (await http.post(`/api/annotations/${id}/restore${BARE}`)),
  };
}
