// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { createGlLayer, softwareRenderer } from '../../../static/js/render/reading_gl.js';
import { makeReading } from '../session_builders.js';
import { fakeGl } from './fake_gl.js';

const VIEW = { scale: 2, offsetX: 10, offsetY: 20 };

function makeLayer() {
  const { gl, calls, uniforms } = fakeGl();
  const canvas = document.createElement('canvas');
  const layer = createGlLayer(canvas, gl);
  layer.resize({ width: 300, height: 200 }, 2);
  const named = (/** @type {string} */ name) => calls.filter((call) => call.name === name);
  return { canvas, layer, named, uniforms };
}

/** @type {(change?: object) => import('../../../static/js/render/scene.js').ReadingItem} */
const item = (change = {}) => ({
  ...{ mask: makeReading(), threshold: 0, color: '#ff8000', look: 'hover', over: null, uncertain: false },
  ...change,
});

describe('the WebGL2 layer', () => {
  it('says where the image lies in pixels of the screen', () => {
    const { canvas, layer, named, uniforms } = makeLayer();
    layer.draw([item()], VIEW);
    expect([canvas.width, canvas.height]).toEqual([600, 400]);
    expect(uniforms()).toMatchObject({
      u_scale: [4],
      u_offset: [20, 40],
      u_imageSize: [100, 80],
      u_inputSize: [10, 8],
      u_modelSize: [10],
      u_side: [2],
      u_canvasHeight: [400],
    });
    expect(named('scissor')[0].values).toEqual([20, 400 - 360, 400, 320]);
  });

  it('uploads logits once, however often they are drawn with another threshold', () => {
    const { layer, named, uniforms } = makeLayer();
    const mask = makeReading();
    for (const threshold of [0, 1, -2]) layer.draw([item({ mask, threshold })], VIEW);
    expect(named('texImage2D')).toHaveLength(1);
    expect(uniforms().u_threshold).toEqual([-2]);
    layer.draw([item()], VIEW);
    expect(named('texImage2D')).toHaveLength(1);
    expect(named('texSubImage2D')).toHaveLength(1);
  });

  it('tells a preview from an answer, and gives the colour as light', () => {
    const { layer, uniforms } = makeLayer();
    layer.draw([item()], VIEW);
    expect(uniforms()).toMatchObject({ u_dashed: [1], u_fill: [0.24], u_hasOver: [0], u_uncertain: [0] });
    expect(uniforms().u_color).toEqual([1, 128 / 255, 0]);
    const over = { logits: new Float32Array(4), side: 2, threshold: 1.5 };
    layer.draw([item({ look: 'open', over, uncertain: true })], VIEW);
    expect(uniforms()).toMatchObject({ u_dashed: [0], u_hasOver: [1], u_overThreshold: [1.5], u_uncertain: [1] });
  });

  it('wipes what was there when nothing is left to draw', () => {
    const { layer, named } = makeLayer();
    layer.draw([], VIEW);
    expect(named('clear')).toHaveLength(1);
    expect(named('drawArrays')).toHaveLength(0);
  });

  it('refuses to start with a program that the driver does not take', () => {
    const { gl } = fakeGl({ linked: false });
    expect(() => createGlLayer(document.createElement('canvas'), gl)).toThrow(/must take .* line 3 is wrong/);
  });
});

it.each([
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))', true],
  ['llvmpipe (LLVM 15)', true],
  ['NVIDIA GeForce RTX 3060', false],
])('knows whether %s has a graphics card', (renderer, software) => {
  expect(softwareRenderer(fakeGl({ renderer }).gl)).toBe(software ? renderer : null);
});

it('draws logits of a part of the image at its place', () => {
  const { layer, named, uniforms } = makeLayer();
  const reading = makeReading();
  const crop = { x: 10, y: 20, width: 30, height: 40 };
  layer.draw([item({ mask: { ...reading, placement: { ...reading.placement, crop } } })], VIEW);
  expect(uniforms()).toMatchObject({ u_offset: [20 + 40, 40 + 80], u_imageSize: [30, 40], u_scale: [4] });
  expect(named('scissor')[0].values).toEqual([60, 400 - 280, 120, 160]);
});
