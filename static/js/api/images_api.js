/** Images on the server: listing, adding, deleting. */

/** @import {FolderImportJson, ImageJson, ImageListJson, ImageStateName} from '../types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} ImagesApi
 * @property {(projectId: number) => Promise<ImageJson[]>} list all images of a project
 * @property {(id: ImageJson['id']) => Promise<ImageJson>} get one image
 * @property {(file: File, projectId: number) => Promise<ImageJson>} upload sends one photograph
 * @property {(id: ImageJson['id'], state: ImageStateName) => Promise<ImageJson>} setState says how far an image is
 * @property {(path: string, projectId: number) => Promise<FolderImportJson>} addFolder adds a folder of the server's own disk
 * @property {(id: ImageJson['id']) => Promise<unknown>} remove deletes an image; the server can restore it
 * @property {(image: ImageJson) => Promise<Blob>} pixels the upright image in a format that browsers show
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {ImagesApi} the calls; they reject as the client does
 */
export function createImagesApi(http) {
  return {
    list: async (projectId) => /** @type {ImageListJson} */ (await http.get(`/api/images?project=${projectId}`)).images,
    get: async (id) => /** @type {ImageJson} */ (await http.get(`/api/images/${id}`)),
    setState: async (id, state) => /** @type {ImageJson} */ (await http.patch(`/api/images/${id}`, { state })),
    upload: async (file, projectId) => {
      const form = new FormData();
      form.append('file', file, file.name || 'pasted.png');
      return /** @type {ImageJson} */ (await http.post(`/api/images?project=${projectId}`, form));
    },
    addFolder: async (path, projectId) =>
      /** @type {FolderImportJson} */ (await http.post(`/api/images/from-folder?project=${projectId}`, { path })),
    remove: (id) => http.remove(`/api/images/${id}`),
    pixels: (image) => http.getBlob(image.pixels_url),
  };
}
