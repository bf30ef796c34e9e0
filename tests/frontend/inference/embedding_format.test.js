import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEmbedding } from '../../../static/js/inference/embedding_format.js';

/** @typedef {{ tensors: Record<string, { shape: number[], values: number[] }>, base64: string }} EmbeddingFixture */

/** @type {EmbeddingFixture} */
const FIXTURE = JSON.parse(readFileSync(new URL('../fixtures/embedding.json', import.meta.url), 'utf8'));

/** @returns {ArrayBuffer} A fresh copy of what the safetensors library wrote. */
function fileBytes() {
  return Uint8Array.from(Buffer.from(FIXTURE.base64, 'base64')).buffer;
}

/**
 * @param {string} header
 * @param {number} [dataBytes]
 * @returns {ArrayBuffer} A file with this header.
 */
function fileWithHeader(header, dataBytes = 0) {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file.buffer;
}

describe('parseEmbedding against safetensors', () => {
  it('reads sizes and model', () => {
    expect(parseEmbedding(fileBytes())).toMatchObject({
      encoderId: '0123456789abcdef',
      imageSize: { width: 641, height: 480 },
      inputSize: { width: 64, height: 48 },
      modelSize: 64,
    });
  });

  it('reads every tensor exactly', () => {
    const { tensors } = parseEmbedding(fileBytes());
    expect([...tensors.keys()].sort()).toEqual(Object.keys(FIXTURE.tensors).sort());
    for (const [name, { shape, values }] of Object.entries(FIXTURE.tensors)) {
      expect(tensors.get(name)).toEqual({ shape, values: Float32Array.from(values) });
    }
  });
});

describe('parseEmbedding', () => {
  const entry = (/** @type {string} */ dtype) => `{"x":{"dtype":"${dtype}","shape":[2],"data_offsets":[0,4]}}`;

  it.each([
    ['an empty file', new ArrayBuffer(0), /must be a safetensors file, got 0 bytes/],
    ['a header that is cut off', fileBytes().slice(0, 40), /must be a whole safetensors file/],
    ['numbers that are cut off', fileBytes().slice(0, -2), /but the file is cut off; fetch it again/],
    ['a header that is not JSON', fileWithHeader('{"x"'), /must start with a JSON header/],
    ['another number type', fileWithHeader(entry('F32'), 4), /tensor x must be of type F16, got F32/],
    ['a shape that does not fit its bytes', fileWithHeader(entry('F16').replace('[2]', '[3]'), 4), /must have 6 bytes/],
    ['no metadata', fileWithHeader(entry('F16'), 4), /metadata must name encoder_id, got none/],
    [
      'a size that is not a number',
      fileWithHeader('{"__metadata__":{"encoder_id":"a","image_width":"wide"}}'),
      /image_width must be a whole number of pixels, got "wide"/,
    ],
  ])('refuses %s', (_what, buffer, message) => {
    expect(() => parseEmbedding(buffer)).toThrow(message);
    expect(() => parseEmbedding(buffer)).toThrow(expect.objectContaining({ code: 'embedding_invalid' }));
  });

  it('reads numbers that start at an odd place', () => {
    const header = '{"__metadata__":{"encoder_id":"a","image_height":"1","image_width":"1","input_height":"1",';
    const rest = `"input_width":"1","model_size":"1"},${entry('F16').slice(1)}`;
    const text = header + rest;
    const odd = text.length % 2 === 0 ? `${text} ` : text;
    expect(parseEmbedding(fileWithHeader(odd, 4)).tensors.get('x')?.values).toEqual(Float32Array.of(0, 0));
  });
});

describe('an embedding of a part of an image', () => {
  const numbers = { image_width: '641', image_height: '480', input_width: '64', input_height: '48', model_size: '64' };
  const part = { crop_x: '0', crop_y: '20', crop_width: '100', crop_height: '75' };
  const header = (/** @type {object} */ more) =>
    JSON.stringify({ __metadata__: { encoder_id: 'e', ...numbers, ...more } });

  it('says which part', () => {
    expect(parseEmbedding(fileWithHeader(header(part)))).toMatchObject({
      imageSize: { width: 641, height: 480 },
      crop: { x: 0, y: 20, width: 100, height: 75 },
    });
    expect(parseEmbedding(fileWithHeader(header({}))).crop).toBeNull();
  });

  it('is refused when a number of it is missing or none', () => {
    for (const wrong of [{ crop_y: '-1' }, { crop_y: '' }, { crop_height: '0' }, { crop_x: '1.5' }]) {
      expect(() => parseEmbedding(fileWithHeader(header({ ...part, ...wrong })))).toThrow('must be a whole number');
    }
  });
});
