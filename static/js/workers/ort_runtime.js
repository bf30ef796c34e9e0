/** Runs ONNX graphs with onnxruntime-web. Nothing else in the program knows that library. */

// Import maps do not apply inside workers, hence the path.
import * as wasmRuntime from '../../vendor/onnxruntime-web/ort.wasm.min.mjs';

/** @import { DecoderSetup, GraphSession, TensorValues } from '../types.js' */

/** More threads than this gain nothing on a decoder of this size, and take cores from the page. */
const MAX_THREADS = 4;

const VENDOR_URL = new URL('../../vendor/onnxruntime-web/', import.meta.url).href;

/**
 * Say how many threads a graph can use here. The library's own default stays at one on small machines, so it is not
 * asked. One core is left for the page to draw on, unless there are only two and threads are wanted nevertheless.
 *
 * @returns {number} 1 where the page is not cross-origin isolated, which threads need.
 */
export function availableThreads() {
  if (!globalThis.crossOriginIsolated) return 1;
  const cores = navigator.hardwareConcurrency;
  return Math.min(cores, Math.max(2, cores - 1), MAX_THREADS);
}

/**
 * Open a graph. A worker opens one: the library keeps its number of threads for good.
 *
 * @param {Uint8Array} graph - The ONNX file.
 * @param {Pick<DecoderSetup, 'provider' | 'threads'>} [setup] - What it should run on.
 * @returns {Promise<GraphSession>} Ready to run.
 * @throws {Error} If the library does not start or refuses the graph.
 */
export async function openGraph(graph, { provider, threads } = { provider: 'wasm', threads: null }) {
  const ort = provider === 'webgpu' ? await loadWebGpuRuntime() : wasmRuntime;
  const most = availableThreads();
  // Must be set before the first session; later changes have no effect.
  ort.env.wasm.numThreads = Math.min(threads ?? most, most);
  ort.env.wasm.wasmPaths = VENDOR_URL;
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(graph, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
  });
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    inputShapes: new Map(session.inputMetadata.map((input) => [input.name, fixedLengths(input)])),
    threads: ort.env.wasm.numThreads,
    provider,
    run: (inputs, outputNames) => runSession(ort, session, inputs, outputNames),
  };
}

/**
 * The library with WebGPU in it is four times as large, so it is fetched only where it is wanted.
 *
 * @returns {Promise<typeof wasmRuntime>}
 */
async function loadWebGpuRuntime() {
  return import('../../vendor/onnxruntime-web/ort.webgpu.min.mjs');
}

/**
 * @param {wasmRuntime.InferenceSession.ValueMetadata} input
 * @returns {(number | null)[]} Null where any length will do.
 */
function fixedLengths(input) {
  return input.isTensor ? input.shape.map((length) => (typeof length === 'number' ? length : null)) : [];
}

/**
 * @param {typeof wasmRuntime} ort
 * @param {wasmRuntime.InferenceSession} session
 * @param {ReadonlyMap<string, TensorValues>} inputs
 * @param {readonly string[]} outputNames
 * @returns {Promise<Map<string, TensorValues>>}
 */
async function runSession(ort, session, inputs, outputNames) {
  /** @type {Record<string, wasmRuntime.Tensor>} */
  const feeds = {};
  for (const [name, input] of inputs) feeds[name] = tensorOf(ort, input);
  const results = await session.run(feeds, outputNames);
  /** @type {Map<string, TensorValues>} */
  const outputs = new Map();
  for (const [name, tensor] of Object.entries(results)) {
    outputs.set(name, { shape: tensor.dims, values: /** @type {Float32Array} */ (tensor.data) });
  }
  return outputs;
}

/**
 * What is constant of an image goes into every run, so its tensors are made once.
 *
 * @type {WeakMap<TensorValues, wasmRuntime.Tensor>}
 */
const tensors = new WeakMap();

/**
 * @param {typeof wasmRuntime} ort
 * @param {TensorValues} input - Never changed after its first run.
 * @returns {wasmRuntime.Tensor}
 */
function tensorOf(ort, input) {
  const tensor = tensors.get(input) ?? new ort.Tensor('float32', input.values, input.shape);
  tensors.set(input, tensor);
  return tensor;
}
