/** Finds out which step of the ladder answers fastest on this device, and whether its masks are right. */

/** @import {DecodeRequest, DecoderInfo, DecoderStep, ForcedFailure, MaskReading, ModelJson, Size, StepReason} from '../types.js' */
/** @import {LadderClient, NextImage} from './decoder_ladder.js' */

import { setupOf } from '../inference/decoder_steps.js';
import { imagePoint, promptPoint } from '../geometry/point.js';
import { decimal, numeral, text } from '../texts/texts.js';
import { describeProblem } from './problem_report.js';

/** Masks that overlap less than this are not the same. */
const LEAST_IOU = 0.99;

/** Runs that do not count, and runs that do. */
const WARM_UPS = 2;
const ROUNDS = 9;

/** A step is left for another that takes this share of its time at most. */
const WORTH_IT = 0.95;

/** @typedef {Exclude<DecoderStep, 'server'>} LocalStep */

/**
 * @typedef {object} Present
 * @property {LocalStep} step the step in use
 * @property {(request: DecodeRequest) => Promise<MaskReading[] | null>} preview asks it
 */

/**
 * One step beside the present one. Both take turns, so what else the device does burdens them alike.
 *
 * @typedef {object} StepTrial
 * @property {LocalStep} step the step
 * @property {LadderClient} client ready for prompts about the image
 * @property {DecoderInfo} info how it runs
 * @property {number} ms of one decode, the median
 * @property {number} presentMs the same of the present step
 * @property {number} iou of the masks of both, the worst
 */

/**
 * Measure a step beside the present one.
 *
 * @param {object} parts what it works with
 * @param {LocalStep} parts.step the step
 * @param {Present} parts.present the step in use
 * @param {NextImage} parts.image the open image
 * @param {ModelJson} parts.model the server's model
 * @param {ForcedFailure | null} parts.failure what the worker is told to do wrong
 * @param {() => LadderClient} parts.createClient makes the client of one worker
 * @param {() => Promise<unknown>} parts.rest waits until the page has nothing better to do
 * @returns {Promise<StepTrial | StepReason | null>} the reason when it does not work at all; null when the image was left
 */
export async function tryStep({ step, present, image, model, failure, createClient, rest }) {
  const client = createClient();
  try {
    const info = await client.load(model, setupOf(step, failure));
    await client.setImage(image);
    const rounds = await takeTurns(present, client, image.imageSize, rest);
    if (rounds) return { step, client, info, ...rounds };
    client.dispose();
    return null;
  } catch (problem) {
    client.dispose();
    return { code: 'cannot_start', detail: describeProblem(problem).message };
  }
}

/** @type {(present: Present, client: LadderClient, size: Size, rest: () => Promise<unknown>) => Promise<{ms: number, presentMs: number, iou: number} | null>} */
async function takeTurns(present, client, size, rest) {
  /** @type {number[]} */
  const times = [];
  /** @type {number[]} */
  const presentTimes = [];
  let iou = 1;
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    await rest();
    const request = clickAt(round, size);
    const here = await timed(() => present.preview(request));
    const there = await timed(() => client.preview(request));
    if (!here.answer || !there.answer) return null;
    iou = Math.min(iou, leastIou(here.answer, there.answer));
    if (round < WARM_UPS) continue;
    presentTimes.push(here.ms);
    times.push(there.ms);
  }
  return { ms: median(times), presentMs: median(presentTimes), iou };
}

/**
 * Choose the step to go on with.
 *
 * @param {LocalStep} present the step in use
 * @param {readonly StepTrial[]} trials the other ones
 * @returns {{best: LocalStep, reasons: Map<DecoderStep, StepReason>}} the fastest of those whose masks agree, and why not
 *   the others
 */
export function chooseStep(present, trials) {
  /** @type {Map<DecoderStep, StepReason>} */
  const reasons = new Map();
  // Where WebGPU and WebAssembly disagree, it is WebGPU that lies, in use or not.
  const liar = trials.find(({ step, iou }) => iou < LEAST_IOU && (step === 'webgpu' || present === 'webgpu'));
  if (liar) reasons.set('webgpu', { code: 'masks_differ', detail: text('IoU {iou}', { iou: decimal(liar.iou, 3) }) });
  const honest = trials.filter(({ step }) => !reasons.has(step));
  const fastest = [...honest].sort((a, b) => a.ms / a.presentMs - b.ms / b.presentMs)[0];
  const mustLeave = reasons.has(present);
  const isBetter = fastest && (mustLeave || fastest.ms < WORTH_IT * fastest.presentMs);
  const best = isBetter ? fastest.step : present;
  const bestMs = isBetter ? fastest.ms : (fastest?.presentMs ?? 0);
  for (const { step, ms } of honest) if (step !== best) reasons.set(step, slower(ms, bestMs));
  if (best !== present && !mustLeave) reasons.set(present, slower(fastest.presentMs, bestMs));
  return { best, reasons };
}

/** @type {(ms: number, bestMs: number) => StepReason} */
const slower = (ms, bestMs) => ({
  code: 'slower',
  detail: text('{ms} ms instead of {best} ms', { ms: numeral(ms, 1), best: numeral(bestMs, 1) }),
});

/** @type {(round: number, size: Size) => DecodeRequest} another place each time: the decoder answers the same one from memory */
function clickAt(round, { width, height }) {
  const x = width * (0.15 + ((round * 0.618) % 0.7));
  const y = height * (0.15 + ((round * 0.414) % 0.7));
  return { points: [promptPoint(imagePoint(x, y), 1)], box: null, previousLogits: null };
}

/** @type {<Answer>(ask: () => Promise<Answer>) => Promise<{answer: Answer, ms: number}>} */
async function timed(ask) {
  const begin = performance.now();
  const answer = await ask();
  return { answer, ms: performance.now() - begin };
}

/** @type {(one: MaskReading[], other: MaskReading[]) => number} the same tokens, compared at the resolution of the logits */
function leastIou(one, other) {
  const overlaps = one.map((reading) => {
    const twin = other.find(({ token }) => token === reading.token);
    return twin ? iouOf(reading.logits, twin.logits, reading.placement.threshold) : 0;
  });
  return Math.min(1, ...overlaps);
}

/** @type {(one: Float32Array, other: Float32Array, threshold: number) => number} 1 where both are empty */
function iouOf(one, other, threshold) {
  let both = 0;
  let any = 0;
  for (const [index, value] of one.entries()) {
    const [a, b] = [value > threshold, other[index] > threshold];
    both += Number(a && b);
    any += Number(a || b);
  }
  return any === 0 ? 1 : both / any;
}

/** @type {(values: number[]) => number} */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
