/** Exports and imports on the server. Both are made in the background: begin one, then ask how far it is. */

/** @import {ExportJson, ExportWishJson, ImportJson} from '../exchange_types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} ExchangeApi
 * @property {(wish: ExportWishJson) => Promise<ExportJson>} startExport begins an export
 * @property {(id: number) => Promise<ExportJson>} getExport how far it is
 * @property {(file: File, projectId: number) => Promise<ImportJson>} tryImport sends an annotation file for its trial
 * @property {(id: number) => Promise<ImportJson>} getImport how far it is
 * @property {(id: number) => Promise<ImportJson>} confirmImport begins what a trial promised, under an id of its own
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {ExchangeApi} the calls; they reject as the client does
 */
export function createExchangeApi(http) {
  return {
    startExport: async (wish) => /** @type {ExportJson} */ (await http.post('/api/exports', wish)),
    getExport: async (id) => /** @type {ExportJson} */ (await http.get(`/api/exports/${id}`)),
    tryImport: async (file, projectId) => {
      const form = new FormData();
      form.append('file', file, file.name);
      return /** @type {ImportJson} */ (await http.post(`/api/imports?project=${projectId}`, form));
    },
    getImport: async (id) => /** @type {ImportJson} */ (await http.get(`/api/imports/${id}`)),
    confirmImport: async (id) => /** @type {ImportJson} */ (await http.post(`/api/imports/${id}/confirm`)),
  };
}
