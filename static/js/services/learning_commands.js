/** What keys and controls can do about learning from the work, by name. */

/** @import {LearningApi} from '../api/learning_api.js' */
/** @import {LearningJson} from '../learning_types.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { text } from '../texts/texts.js';

/**
 * Make the commands. Each of them tells of a failure and answers whether it was done.
 *
 * @param {object} parts what they work with
 * @param {LearningApi} parts.learning the server
 * @param {() => Promise<unknown>} parts.checkModel goes on with another model at once, if there is one
 * @param {ReportProblem} parts.report shows problems
 * @returns {ReturnType<typeof makeCommands>} the commands by name
 */
export function learningCommands(parts) {
  return makeCommands(parts);
}

/** @param {Parameters<typeof learningCommands>[0]} parts what they work with */
function makeCommands({ learning, checkModel, report }) {
  /** @type {(doing: Promise<unknown>, failed: string) => Promise<boolean>} */
  const told = async (doing, failed) => {
    try {
      await doing;
      return true;
    } catch (problem) {
      report(problem, failed);
      return false;
    }
  };
  return {
    /** @type {(projectId: number) => Promise<LearningJson | null>} null when the server did not say */
    readLearning: (projectId) =>
      learning.read(projectId).catch((problem) => {
        report(problem, text('what was learnt could not be read'));
        return null;
      }),
    startTuning: (/** @type {number} */ projectId, /** @type {number} */ minutes) =>
      told(learning.start(projectId, minutes), text('nothing is learnt')),
    resumeTuning: () => told(learning.resume(), text('the run does not go on')),
    cancelTuning: () => told(learning.cancel(), text('the run was not ended')),
    async useModel(/** @type {string} */ modelId) {
      const isUsed = await told(learning.use(modelId), text('the model was not switched'));
      if (isUsed) await checkModel();
      return isUsed;
    },
  };
}
