/** Learning from the work: what there is to learn from, runs, and the models that came of them. */

/** @import {LearningJson, LessonsJson, TuningJson} from '../learning_types.js' */
/** @import {ModelListJson} from '../model_types.js' */
/** @import {HttpClient} from './http_client.js' */

/**
 * @typedef {object} LearningApi
 * @property {(projectId: number) => Promise<LearningJson>} read how everything is
 * @property {(projectId: number, minutes: number) => Promise<unknown>} start begins a run
 * @property {() => Promise<unknown>} resume lets an interrupted run go on
 * @property {() => Promise<unknown>} cancel ends the run
 * @property {(modelId: string) => Promise<ModelListJson>} use makes a model the one that answers
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {LearningApi} the calls; they reject as the client does
 */
export function createLearningApi(http) {
  return {
    async read(projectId) {
      const [lessons, tuning, models] = await Promise.all([
        http.get(`/api/projects/${projectId}/lessons`),
        http.get('/api/tuning'),
        http.get('/api/models'),
      ]);
      return {
        lessons: /** @type {LessonsJson} */ (lessons),
        tuning: /** @type {TuningJson} */ (tuning),
        models: /** @type {ModelListJson} */ (models),
      };
    },
    start: (projectId, minutes) => http.post('/api/tuning', { project_id: projectId, minutes }),
    resume: () => http.post('/api/tuning', { resume: true }),
    cancel: () => http.remove('/api/tuning'),
    use: async (modelId) => /** @type {ModelListJson} */ (await http.post(`/api/models/${modelId}/use`)),
  };
}
