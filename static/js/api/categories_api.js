/** Classes on the server. */

/** @import {CategoryJson, CategoryListJson} from '../types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} CategoriesApi
 * @property {() => Promise<CategoryJson[]>} list all classes
 * @property {(category: {name: string, color: string}) => Promise<CategoryJson>} create adds a class
 * @property {(id: number, change: {name?: string, color?: string}) => Promise<CategoryJson>} update renames, recolours
 * @property {(id: number) => Promise<unknown>} remove deletes a class that no object has
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {CategoriesApi} the calls; they reject as the client does
 */
export function createCategoriesApi(http) {
  return {
    list: async () => /** @type {CategoryListJson} */ (await http.get('/api/categories')).categories,
    create: async (category) => /** @type {CategoryJson} */ (await http.post('/api/categories', category)),
    update: async (id, change) => /** @type {CategoryJson} */ (await http.patch(`/api/categories/${id}`, change)),
    remove: (id) => http.remove(`/api/categories/${id}`),
  };
}
