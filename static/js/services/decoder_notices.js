/** Says what happened to the decoder, where a person should hear of it. */

/** @import {DecoderStep, StepReason} from '../types.js' */
/** @import {Notice, SessionStore} from '../state/state_types.js' */
/** @import {LadderEvent} from './decoder_ladder.js' */

import { addNotice } from '../state/actions/view_actions.js';
import { phrase, text } from '../texts/texts.js';

/** @type {Readonly<Record<DecoderStep, string>>} */
const STEP_NAMES = Object.freeze({
  webgpu: phrase('WebGPU'),
  threads: phrase('several threads'),
  single: phrase('one thread'),
  server: phrase('the server'),
});

/** @type {Readonly<Record<StepReason['code'], string>>} */
const REASONS = Object.freeze({
  not_isolated: phrase('the page is not cross-origin isolated'),
  no_shared_memory: phrase('this browser has no shared memory'),
  few_cores: phrase('more threads would take the core that the page draws on'),
  no_adapter: phrase('there is no graphics adapter for it'),
  not_measured: phrase('it was not measured yet'),
  masks_differ: phrase('its masks are wrong ({detail})'),
  slower: phrase('it is slower here ({detail})'),
  died: phrase('it stopped again and again: {detail}'),
  cannot_start: phrase('it does not start: {detail}'),
  not_chosen: phrase('switched off for this page'),
});

/**
 * Name a step.
 *
 * @param {DecoderStep} step the step
 * @returns {string} in the language that was chosen
 */
export function stepName(step) {
  return text(STEP_NAMES[step]);
}

/**
 * Say why a step is not taken.
 *
 * @param {StepReason} reason why
 * @returns {string} in the language that was chosen
 */
export function reasonText({ code, detail }) {
  return text(REASONS[code], { detail });
}

/**
 * Make what tells a person about the decoder.
 *
 * @param {SessionStore} store the session
 * @returns {(event: LadderEvent) => void} tells it
 */
export function createDecoderNotices(store) {
  return ({ kind, code, step, problem, isMemory }) => {
    const stopped = code === 'died' ? text('the decoder stopped') : text('the decoder did not start');
    const what = isMemory ? text('the decoder ran out of memory') : stopped;
    const next =
      kind === 'restarted'
        ? text('it was started again, and answers what it was asked')
        : text('answers come from {step} now', { step: stepName(step) });
    /** @type {Omit<Notice, 'id'>} */
    const notice = { tone: 'info', message: `${what}: ${next}`, hint: `${text('nothing is lost')} (${problem})` };
    store.apply(addNotice(notice));
  };
}
