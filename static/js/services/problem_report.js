/** Turns errors into notices on the page. Nothing is swallowed: what is not ours is shown too. */

/** @import {SessionStore} from '../state/state_types.js' */

import { addNotice } from '../state/actions/view_actions.js';
import { inOwnWords } from '../texts/server_words.js';
import { phrase, text } from '../texts/texts.js';

/** @typedef {(problem: unknown, doing?: string) => void} ReportProblem */

/**
 * What the page says in every language of the two troubles that do not come from the server, by their code.
 *
 * @type {Readonly<Record<string, {message: string, hint: string}>>}
 */
const OWN_TROUBLES = Object.freeze({
  browser_storage_full: {
    message: phrase('the browser has no room left: unsaved work and steps back would not outlive this page'),
    hint: phrase(
      'accepted objects still go to the server: keep this page open until it says "Saved", and free space on the disk',
    ),
  },
  server_unreachable: {
    message: phrase('the server does not answer'),
    hint: phrase('check that it is running; unsaved work stays in this page and is sent again by itself'),
  },
});

/** Troubles that stop several kinds of work at one moment: what was being done is left out, so that one notice says it. */
const SAID_ONCE = new Set(['browser_storage_full']);

/**
 * Make the function that shows an error.
 *
 * @param {SessionStore} store the session
 * @returns {ReportProblem} shows what happened; `doing` names what was being done, as a plain phrase
 */
export function createProblemReport(store) {
  return (problem, doing) => {
    const { code, ...said } = describeProblem(problem);
    const own = OWN_TROUBLES[code];
    const { message, hint } = own ? { message: text(own.message), hint: text(own.hint) } : said;
    const isWhole = !doing || SAID_ONCE.has(code);
    const notice = { tone: /** @type {const} */ ('error'), message: isWhole ? message : `${doing}: ${message}`, hint };
    store.apply(addNotice(code === 'server_unreachable' ? { ...notice, whileOffline: true } : notice));
  };
}

/**
 * Find the words of an error, in the language of the page where it has the server's code.
 *
 * @param {unknown} problem whatever was thrown
 * @returns {{code: string, message: string, hint: string}} its own words where it has them
 */
export function describeProblem(problem) {
  if (!(problem instanceof Error)) return { code: 'unknown', message: String(problem), hint: '' };
  const { code = 'unknown', hint = '' } = /** @type {{code?: string, hint?: string}} */ (
    /** @type {unknown} */ (problem)
  );
  return inOwnWords({ code: String(code), message: problem.message, hint: String(hint) });
}
