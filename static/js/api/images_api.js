/** Images on the server: listing, adding, deleting. */

/** @import {FolderImportJson, ImageJson, ImageListJson} from '../types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} ImagesApi
 * @property {() => Promise<ImageJson[]>} list all images
 * @property {(file: File) => Promise<ImageJson>} upload sends one photograph
 * @property {(path: string) => Promise<FolderImportJson>} addFolder adds a folder of the server's own disk
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
    list: async () => /** @type {ImageListJson} */ (await http.get('/api/images')).images,
    upload: async (file) => {
      const form = new FormData();
      form.append('file', file, file.name || 'pasted.png');
      return /** @type {ImageJson} */ (await http.post('/api/images', form));
    },
    addFolder: async (path) => /** @type {FolderImportJson} */ (await http.post('/api/images/from-folder', { path })),
    remove: (id) => http.remove(`/api/images/${id}`),
    pixels: (image) => http.getBlob(image.pixels_url),
  };
}
