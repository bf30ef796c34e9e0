/** Turns errors into notices on the page. Nothing is swallowed: what is not ours is shown too. */

/** @import {SessionStore} from '../state/state_types.js' */

import { addNotice } from '../state/actions/view_actions.js';

/** @typedef {(problem: unknown, doing?: string) => void} ReportProblem */

/**
 * Make the function that shows an error.
 *
 * @param {SessionStore} store the session
 * @returns {ReportProblem} shows what happened; `doing` names what was being done, as a plain phrase
 */
export function createProblemReport(store) {
  return (problem, doing) => {
    const { message, hint } = describeProblem(problem);
    store.apply(addNotice({ tone: 'error', message: doing ? `${doing}: ${message}` : message, hint }));
  };
}

/**
 * Find the words of an error.
 *
 * @param {unknown} problem whatever was thrown
 * @returns {{code: string, message: string, hint: string}} its own words where it has them
 */
export function describeProblem(problem) {
  if (!(problem instanceof Error)) return { code: 'unknown', message: String(problem), hint: '' };
  const { code = 'unknown', hint = '' } = /** @type {{code?: string, hint?: string}} */ (
    /** @type {unknown} */ (problem)
  );
  return { code: String(code), message: problem.message, hint: String(hint) };
}
