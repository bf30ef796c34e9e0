/**
 * Copies the few library files that the page loads from `node_modules` to `static/vendor`, because the served tree is
 * the source tree and no bundler runs. npm starts this after every install; running it again does no harm.
 */

import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const sourceRoot = path.join(projectRoot, 'node_modules');
const vendorRoot = path.join(projectRoot, 'static', 'vendor');

/** File below `static/vendor` -> the file below `node_modules` that it is a copy of. */
const VENDORED_FILES = {
  'onnxruntime-web/ort.wasm.min.mjs': 'onnxruntime-web/dist/ort.wasm.min.mjs',
  'onnxruntime-web/ort-wasm-simd-threaded.mjs': 'onnxruntime-web/dist/ort-wasm-simd-threaded.mjs',
  'onnxruntime-web/ort-wasm-simd-threaded.wasm': 'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  'onnxruntime-web/ort.webgpu.min.mjs': 'onnxruntime-web/dist/ort.webgpu.min.mjs',
  'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs': 'onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.mjs',
  'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm': 'onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.wasm',
  'preact/preact.mjs': 'preact/dist/preact.mjs',
  'preact/hooks.mjs': 'preact/hooks/dist/hooks.mjs',
  'htm/htm.mjs': 'htm/dist/htm.mjs',
  'htm/preact.mjs': 'htm/preact/index.mjs',
  'preact-signals/signals.mjs': '@preact/signals/dist/signals.mjs',
  'preact-signals/signals-core.mjs': '@preact/signals-core/dist/signals-core.mjs',
};

for (const [target, source] of Object.entries(VENDORED_FILES)) {
  const to = path.join(vendorRoot, target);
  await mkdir(path.dirname(to), { recursive: true });
  await copyFile(path.join(sourceRoot, source), to);
}
process.stdout.write(`vendor: ${Object.keys(VENDORED_FILES).length} files copied to static/vendor\n`);
