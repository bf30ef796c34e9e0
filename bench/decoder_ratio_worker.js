/** Runs two decoders of the same weights in turn, inside a worker as the page does, and sends back how long each took. */

import { DecoderGraph } from '/static/js/workers/decoder_graph.js';
import { openGraph } from '/static/js/workers/ort_runtime.js';

/** Height and width of the image whose masks the published graph makes. */
const IMAGE = [1200, 1800];
const MODEL_SIDE = 1024;

/** @param {number} count */
function noise(count) {
  // Always the same: a linear congruential generator, added up to be nearly normal.
  let state = 1;
  const uniform = () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  return Float32Array.from({ length: count }, () => 2 * (uniform() + uniform() + uniform()));
}

/** @param {number} run */
function click(run) {
  const scale = MODEL_SIDE / IMAGE[1];
  return Float32Array.of(((run * 397) % IMAGE[1]) * scale, ((run * 211) % IMAGE[0]) * scale, 0, 0);
}

/**
 * @param {ArrayLike<number>} one
 * @param {ArrayLike<number>} other
 */
function largestDifference(one, other) {
  return Array.from(one).reduce((largest, value, index) => Math.max(largest, Math.abs(value - other[index])), 0);
}

self.onmessage = async ({ data: { urls, model, runs, warmUps } }) => {
  const read = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
  const published = await openGraph(await read(urls.published));
  const ours = new DecoderGraph(await openGraph(await read(urls.ours)), model);
  const [{ name, shape }] = model.tensors;
  const features = new Map([[name, { shape, values: noise(shape.reduce((a, b) => a * b, 1)) }]]);
  const side = model.mask_size;
  const rest = new Map([
    ['point_labels', { shape: [1, 2], values: Float32Array.of(1, -1) }],
    ['mask_input', { shape: [1, 1, side, side], values: new Float32Array(side * side) }],
    ['has_mask_input', { shape: [1], values: new Float32Array(1) }],
    ['orig_im_size', { shape: [2], values: Float32Array.from(IMAGE) }],
  ]);
  const begin = performance.now();
  await ours.prepare(features);
  const answer = {
    prepareMs: performance.now() - begin,
    publishedMs: [],
    oursMs: [],
    difference: 0,
    threads: published.threads,
  };
  for (let run = -warmUps; run < runs; run += 1) {
    const pointCoords = click(run + warmUps);
    const inputs = new Map([...features, ...rest, ['point_coords', { shape: [1, 2, 2], values: pointCoords }]]);
    const start = performance.now();
    const outputs = await published.run(inputs, published.outputNames);
    const middle = performance.now();
    const { logits } = await ours.run(features, {
      ...{ pointCoords, pointLabels: Float32Array.of(1, -1), pointCount: 2, maskInput: null, tokens: [] },
    });
    const end = performance.now();
    if (run < 0) {
      answer.difference = Math.max(answer.difference, largestDifference(outputs.get('low_res_masks').values, logits));
    } else {
      answer.publishedMs.push(middle - start);
      answer.oursMs.push(end - middle);
    }
  }
  self.postMessage(answer);
};
