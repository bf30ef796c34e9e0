/** Proposals: starting a search for all masks of an image, following it, ending it. */

/** @import {ImageJson, LogitsJson} from '../types.js' */
/** @import {BoxFileJson, ProjectProposalsJson, ProposalDecisions, ProposalQueueJson, ProposalsJson} from '../proposal_types.js' */
/** @import {ProposalFilter} from '../proposal_types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} ProposalsApi
 * @property {(id: ImageJson['id']) => Promise<ProposalsJson>} request starts the search, or joins it
 * @property {(id: ImageJson['id']) => Promise<ProposalsJson>} state how far it has come
 * @property {(id: ImageJson['id']) => Promise<unknown>} cancel ends it, or forgets what it found
 * @property {(project: number) => Promise<ProjectProposalsJson>} requestAll starts the search of all images of a project
 * @property {(project: number) => Promise<ProjectProposalsJson>} stateOfAll how many images are searched
 * @property {(project: number) => Promise<unknown>} cancelAll ends the searches; what was found stays
 * @property {(project: number, file: File) => Promise<BoxFileJson>} requestBoxes starts making masks of a detector's boxes
 * @property {(project: number, least: ProposalFilter) => Promise<ProposalQueueJson>} queue where proposals are open
 * @property {(id: ImageJson['id'], decisions: ProposalDecisions) => Promise<unknown>} decide keeps what was decided
 * @property {(id: ImageJson['id'], number: number) => Promise<LogitsJson>} logits of one proposal
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {ProposalsApi} the calls; they reject as the client does
 */
export function createProposalsApi(http) {
  return {
    request: async (id) => /** @type {ProposalsJson} */ (await http.post(`/api/images/${id}/proposals`)),
    state: async (id) => /** @type {ProposalsJson} */ (await http.get(`/api/images/${id}/proposals`)),
    cancel: (id) => http.remove(`/api/images/${id}/proposals`),
    requestAll: async (project) =>
      /** @type {ProjectProposalsJson} */ (await http.post(`/api/projects/${project}/proposals`)),
    stateOfAll: async (project) =>
      /** @type {ProjectProposalsJson} */ (await http.get(`/api/projects/${project}/proposals`)),
    cancelAll: (project) => http.remove(`/api/projects/${project}/proposals`),
    async requestBoxes(project, file) {
      const form = new FormData();
      form.append('file', file, file.name);
      return /** @type {BoxFileJson} */ (await http.post(`/api/projects/${project}/proposals/boxes`, form));
    },
    async queue(project, { predictedIou, stability }) {
      const least = `predicted_iou=${predictedIou}&stability=${stability}`;
      const answer = await http.get(`/api/projects/${project}/proposals/queue?${least}`);
      return /** @type {ProposalQueueJson} */ (answer);
    },
    decide: (id, decisions) => http.put(`/api/images/${id}/proposals/decisions`, decisions),
    async logits(id, number) {
      const answer = await http.get(`/api/images/${id}/proposals/${number}/logits`);
      return /** @type {{low_res_logits: LogitsJson}} */ (answer).low_res_logits;
    },
  };
}
