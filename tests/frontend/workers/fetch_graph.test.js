import { afterEach, expect, it, vi } from 'vitest';
import { fetchGraph } from '../../../static/js/workers/fetch_graph.js';

const URL_OF_GRAPH = 'http://localhost/api/model/decoder.onnx';
const MODEL_ID = '0123456789abcdef';

afterEach(() => vi.unstubAllGlobals());

/** @param {() => Promise<Response>} answer */
const serve = (answer) => vi.stubGlobal('fetch', vi.fn(answer));

it('gives the bytes of the graph', async () => {
  serve(async () => new Response(Uint8Array.of(1, 2, 3), { headers: { ETag: `"${MODEL_ID}"` } }));
  expect(await fetchGraph(URL_OF_GRAPH, MODEL_ID)).toEqual(Uint8Array.of(1, 2, 3));
});

it('takes a graph without a tag', async () => {
  serve(async () => new Response(Uint8Array.of(1)));
  expect(await fetchGraph(URL_OF_GRAPH, MODEL_ID)).toHaveLength(1);
});

it('refuses the graph of another model', async () => {
  serve(async () => new Response('', { headers: { ETag: 'W/"fedcba9876543210"' } }));
  await expect(fetchGraph(URL_OF_GRAPH, MODEL_ID)).rejects.toMatchObject({ code: 'model_mismatch' });
});

it('says which answer the server gave', async () => {
  serve(async () => new Response('', { status: 503 }));
  await expect(fetchGraph(URL_OF_GRAPH, MODEL_ID)).rejects.toMatchObject({
    code: 'decoder_unavailable',
    message: `decoder must be served at ${URL_OF_GRAPH}, got HTTP 503`,
  });
});

it('says so when there is no server', async () => {
  serve(() => Promise.reject(new TypeError('Failed to fetch')));
  await expect(fetchGraph(URL_OF_GRAPH, MODEL_ID)).rejects.toMatchObject({
    code: 'decoder_unavailable',
    message: `decoder must be served at ${URL_OF_GRAPH}, got no answer: Failed to fetch`,
  });
});
