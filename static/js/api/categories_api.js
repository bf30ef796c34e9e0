/** Classes on the server. */

/** @import {CategoryJson, CategoryListJson, PatternName} from '../types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} CategoriesApi
 * @property {(projectId: number) => Promise<CategoryJson[]>} list all classes of a project
 * @property {(category: {name: string, color: string, supercategory?: string, pattern?: PatternName}, projectId: number) => Promise<CategoryJson>} create adds a class to it
 * @property {(id: number, change: Partial<CategoryJson>) => Promise<CategoryJson>} update renames, recolours
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
    list: async (projectId) =>
      /** @type {CategoryListJson} */ (await http.get(`/api/categories?project=${projectId}`)).categories,
    create: async (category, projectId) =>
      /** @type {CategoryJson} */ (await http.post(`/api/categories?project=${projectId}`, category)),
    update: async (id, change) => /** @type {CategoryJson} */ (await http.patch(`/api/categories/${id}`, change)),
    remove: (id) => http.remove(`/api/categories/${id}`),
  };
}
