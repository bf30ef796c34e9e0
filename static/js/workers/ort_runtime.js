/** Runs ONNX graphs with onnxruntime-web. Nothing else in the program knows that library. */

// Import maps do not apply inside workers, hence the path.
import * as ort from '../../vendor/onnxruntime-web/ort.wasm.min.mjs';

/** @import { GraphSession, TensorValues } from '../types.js' */

/** More threads than this gain nothing on a decoder of this size, and take cores from the page. */
const MAX_THREADS = 4;

const VENDOR_URL = new URL('../../vendor/onnxruntime-web/', import.meta.url).href;

/**
 * Say how many threads a graph can use here. The library's own default stays at one on small machines, so it is not
 * asked.
 *
 * @returns {number} 1 where the page is not cross-origin isolated, which threads need.
 */
export function availableThreads() {
  return globalThis.crossOriginIsolated ? Math.max(1, Math.min(MAX_THREADS, navigator.hardwareConcurrency)) : 1;
}

/**
 * Open a graph.
 *
 * @param {Uint8Array} graph - The ONNX file.
 * @returns {Promise<GraphSession>} Ready to run, on the CPU.
 * @throws {Error} If the library does not start or refuses the graph.
 */
export async function openGraph(graph) {
  // Must be set before the first session; later changes have no effect.
  ort.env.wasm.numThreads = availableThreads();
  ort.env.wasm.wasmPaths = VENDOR_URL;
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(graph, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
  });
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    inputShapes: new Map(session.inputMetadata.map((input) => [input.name, fixedLengths(input)])),
    threads: ort.env.wasm.numThreads,
    provider: 'wasm',
    run: (inputs, outputNames) => runSession(session, inputs, outputNames),
  };
}

/**
 * @param {ort.InferenceSession.ValueMetadata} input
 * @returns {(number | null)[]} Null where any length will do.
 */
function fixedLengths(input) {
  return input.isTensor ? input.shape.map((length) => (typeof length === 'number' ? length : null)) : [];
}

/**
 * @param {ort.InferenceSession} session
 * @param {ReadonlyMap<string, TensorValues>} inputs
 * @param {readonly string[]} outputNames
 * @returns {Promise<Map<string, TensorValues>>}
 */
async function runSession(session, inputs, outputNames) {
  /** @type {Record<string, ort.Tensor>} */
  const feeds = {};
  for (const [name, { shape, values }] of inputs) feeds[name] = new ort.Tensor('float32', values, shape);
  const results = await session.run(feeds, outputNames);
  /** @type {Map<string, TensorValues>} */
  const outputs = new Map();
  for (const [name, tensor] of Object.entries(results)) {
    outputs.set(name, { shape: tensor.dims, values: /** @type {Float32Array} */ (tensor.data) });
  }
  return outputs;
}
