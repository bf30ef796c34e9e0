/** Projects on the server. */

/** @import {ProjectJson, StatisticsJson} from '../types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} ProjectsApi
 * @property {() => Promise<ProjectJson[]>} list all projects
 * @property {(id: number) => Promise<ProjectJson>} get one project, with how far it is
 * @property {(name: string) => Promise<ProjectJson>} create makes a project
 * @property {(id: number, name: string) => Promise<ProjectJson>} rename gives it another name
 * @property {(id: number, overlap: ProjectJson['overlap']) => Promise<ProjectJson>} setOverlap says whether its masks may
 *   overlap
 * @property {(id: number) => Promise<unknown>} remove deletes it; it can be restored
 * @property {(id: number) => Promise<ProjectJson>} restore takes the deletion back
 * @property {(file: File) => Promise<ProjectJson>} addSaved adds the project of a file next to those that are there
 * @property {(id: number) => Promise<StatisticsJson>} statistics what its masks cost
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {ProjectsApi} the calls; they reject as the client does
 */
export function createProjectsApi(http) {
  return {
    list: async () => /** @type {{projects: ProjectJson[]}} */ (await http.get('/api/projects')).projects,
    get: async (id) => /** @type {ProjectJson} */ (await http.get(`/api/projects/${id}`)),
    create: async (name) => /** @type {ProjectJson} */ (await http.post('/api/projects', { name })),
    rename: async (id, name) => /** @type {ProjectJson} */ (await http.patch(`/api/projects/${id}`, { name })),
    setOverlap: async (id, overlap) =>
      /** @type {ProjectJson} */ (await http.patch(`/api/projects/${id}`, { overlap })),
    remove: (id) => http.remove(`/api/projects/${id}`),
    restore: async (id) => /** @type {ProjectJson} */ (await http.post(`/api/projects/${id}/restore`)),
    addSaved: async (file) => {
      const form = new FormData();
      form.append('file', file, file.name);
      return /** @type {ProjectJson} */ (await http.post('/api/projects/from-backup', form));
    },
    statistics: async (id) => /** @type {StatisticsJson} */ (await http.get(`/api/projects/${id}/statistics`)),
  };
}

/**
 * Name the file with one line for every mask.
 *
 * @param {number} id the project
 * @returns {string} its address
 */
export function statisticsFileUrl(id) {
  return `/api/projects/${id}/statistics.csv`;
}

/**
 * Name the file with all that is in a project, originals and history included.
 *
 * @param {number} id the project
 * @returns {string} its address
 */
export function projectFileUrl(id) {
  return `/api/projects/${id}/backup`;
}
