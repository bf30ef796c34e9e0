/** Working together: reviews, assignments, who is on an image. */

/** @import {AssignmentJson, NewReviewJson, ReviewResultJson, TeamworkJson} from '../team_types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} TeamworkApi
 * @property {(projectId: number) => Promise<TeamworkJson>} read lists the verdicts that count, and who has which image
 * @property {(imageId: number, review: NewReviewJson) => Promise<ReviewResultJson>} review keeps a verdict
 * @property {(projectId: number, imageIds: ReadonlyArray<number>, userId: number | null) => Promise<AssignmentJson[]>} assign
 *   gives images to somebody, or to nobody; gives all assignments of the project
 * @property {(imageId: number) => Promise<string[]>} here says that one is on an image; gives the names of the others
 * @property {(imageId: number) => Promise<unknown>} leave says that one left it
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {TeamworkApi} the calls; they reject as the client does
 */
export function createTeamworkApi(http) {
  return {
    read: async (projectId) => /** @type {TeamworkJson} */ (await http.get(`/api/projects/${projectId}/teamwork`)),
    review: async (imageId, review) =>
      /** @type {ReviewResultJson} */ (await http.post(`/api/images/${imageId}/reviews`, review)),
    assign: async (projectId, imageIds, userId) => {
      const wish = { image_ids: imageIds, user_id: userId };
      const answer = await http.post(`/api/projects/${projectId}/assignments`, wish);
      return /** @type {Pick<TeamworkJson, 'assignments'>} */ (answer).assignments;
    },
    here: async (imageId) =>
      /** @type {{people: string[]}} */ (await http.post(`/api/images/${imageId}/presence`)).people,
    leave: (imageId) => http.remove(`/api/images/${imageId}/presence`),
  };
}
