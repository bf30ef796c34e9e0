/** What the doctor says of this browser: what it found, whether that is as good as can be, and what to do about it. */

/** @import {DecoderStep, DoctorRow, StepReason} from '../types.js' */
/** @import {Device} from '../inference/decoder_steps.js' */

import { STEPS } from '../inference/decoder_steps.js';
import { numeral, phrase, text } from '../texts/texts.js';
import { reasonText, stepName } from './decoder_notices.js';

/**
 * What was found out.
 *
 * @typedef {object} DoctorFacts
 * @property {Device} device the device
 * @property {string | null} adapter name of the graphics adapter; null for none
 * @property {{step: DecoderStep, threads: number, reasons: ReadonlyMap<DecoderStep, StepReason>}} decoder the step in use
 * @property {{kind: 'webgl2' | 'canvas', reason?: string} | null} layer what draws masks; null before there is one
 * @property {{heapBytes: number | null, deviceGigabytes: number | null}} memory null where the browser does not say
 * @property {{count: number, bytes: number, budget: number}} embeddings kept in this page
 * @property {{count: number, p50: number, p95: number} | null} times of the newest answers, in milliseconds
 * @property {Partial<Record<DecoderStep, number>> | null} measured milliseconds of one decode by step
 * @property {string} browser how it names itself
 * @property {string} model name and id
 */

/** An answer within this time seems immediate, in milliseconds. */
const QUICK = 60;

const MEGABYTE = 1e6;

/**
 * Say what was found.
 *
 * @param {DoctorFacts} facts what was found out
 * @returns {DoctorRow[]} the findings, the ladder first
 */
export function doctorRows(facts) {
  return [...ladderRows(facts), ...deviceRows(facts), ...pageRows(facts)];
}

/** @type {(facts: DoctorFacts) => DoctorRow[]} */
function ladderRows({ decoder: { step, threads, reasons }, times, measured }) {
  const above = STEPS.slice(0, STEPS.indexOf(step)).filter((one) => reasons.has(one));
  const why = above.map((one) => `${stepName(one)}: ${reasonText(/** @type {StepReason} */ (reasons.get(one)))}`);
  const isLast = step === 'server';
  const speeds = STEPS.flatMap((one) => {
    const ms = measured?.[one];
    return ms === undefined ? [] : [`${stepName(one)} ${milliseconds(ms)}`];
  });
  return [
    {
      name: text('Answers come from'),
      value: step === 'threads' ? text('{count} threads', { count: threads }) : stepName(step),
      good: !isLast,
      advice: isLast ? text('Reload the page to try this browser again; another browser may do better.') : '',
    },
    { name: text('Not used'), value: why.join('; ') || '–', good: true, advice: '' },
    {
      name: text('Measured here'),
      value: speeds.join(', ') || text('not yet'),
      good: true,
      advice: '',
    },
    {
      name: text('Time of an answer'),
      value: times
        ? text('{p50}, 95 of 100 within {p95} (of {count})', {
            p50: milliseconds(times.p50),
            p95: milliseconds(times.p95),
            count: times.count,
          })
        : text('no answer yet'),
      good: !times || times.p95 <= QUICK,
      advice:
        times && times.p95 > QUICK ? text('Close programs that keep the processor busy, then measure again.') : '',
    },
  ];
}

/** @type {(facts: DoctorFacts) => DoctorRow[]} */
function deviceRows({ device: { isolated, sharedMemory, cores }, adapter, layer }) {
  return [
    yesOrNo(
      text('Cross-origin isolation'),
      isolated,
      text('Open the page at the address that the server names; a proxy must pass on COOP and COEP headers.'),
    ),
    yesOrNo(
      text('Shared memory'),
      sharedMemory,
      isolated
        ? text('Use a newer browser; without it there is one thread.')
        : text('It comes with cross-origin isolation.'),
    ),
    {
      name: text('Cores'),
      value: numeral(cores),
      good: cores > 1,
      advice: cores > 1 ? '' : text('Nothing can be done.'),
    },
    { name: text('WebGPU adapter'), value: adapter ?? text('none'), good: true, advice: '' },
    {
      name: text('Masks are drawn with'),
      value: layer?.kind === 'webgl2' ? text('WebGL2') : text('a 2D canvas'),
      good: layer?.kind === 'webgl2',
      advice:
        layer?.kind === 'webgl2'
          ? ''
          : text('Switch on hardware acceleration in the settings of the browser. ({reason})', {
              reason: layer?.reason ?? '',
            }),
    },
  ];
}

/** @type {(facts: DoctorFacts) => DoctorRow[]} */
function pageRows({ memory: { heapBytes, deviceGigabytes }, embeddings: { count, bytes, budget }, browser, model }) {
  const heap = heapBytes === null ? '' : text('{size} in use', { size: megabytes(heapBytes) });
  const whole =
    deviceGigabytes === null ? '' : text('{count} GB in the device', { count: numeral(deviceGigabytes, 2) });
  const isSmall = deviceGigabytes !== null && deviceGigabytes < 4;
  return [
    {
      name: text('Memory'),
      value: [heap, whole].filter(Boolean).join(', ') || text('the browser does not say'),
      good: !isSmall,
      advice: isSmall ? text('Close other tabs; the decoder needs about 100 MB.') : '',
    },
    {
      name: text('Embeddings kept'),
      value: text('{count}, {size} of {budget}', { count, size: megabytes(bytes), budget: megabytes(budget) }),
      good: true,
      advice: '',
    },
    { name: text('Model'), value: model, good: true, advice: '' },
    { name: text('Browser'), value: browser, good: true, advice: '' },
  ];
}

/** @type {(name: string, holds: boolean, advice: string) => DoctorRow} */
const yesOrNo = (name, holds, advice) => ({
  name,
  value: holds ? text('yes') : text('no'),
  good: holds,
  advice: holds ? '' : advice,
});

/** @type {(ms: number) => string} */
const milliseconds = (ms) => text('{ms} ms', { ms: numeral(ms, 1) });

/** @type {(bytes: number) => string} */
const megabytes = (bytes) => text('{count} MB', { count: numeral(bytes / MEGABYTE, 1) });

/** What the plain text begins with. */
const TITLE = phrase('What the doctor found');

/**
 * Write the findings as plain text, for a message to somebody who can help.
 *
 * @param {readonly DoctorRow[]} rows the findings
 * @returns {string} one line each
 */
export function formatReport(rows) {
  const lines = rows.map(({ name, value, advice }) => `${name}: ${value}${advice && ` (${advice})`}`);
  return [`${text(TITLE)}:`, ...lines, ''].join('\n');
}
