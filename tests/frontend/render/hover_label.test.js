import { afterEach, describe, expect, it } from 'vitest';
import { drawHoverLabel } from '../../../static/js/render/hover_label.js';
import { language } from '../../../static/js/texts/texts.js';
import { fakeContext } from './fake_canvas.js';

/** @type {(predictedIou: number) => ReturnType<typeof fakeContext>['calls']} */
function draw(predictedIou) {
  const { context, calls } = fakeContext();
  const layer = { context, ratio: 1, resize: () => {}, clear: () => {} };
  drawHoverLabel(
    layer,
    /** @type {import('../../../static/js/types.js').CanvasPoint} */ ({ x: 100, y: 50 }),
    predictedIou,
  );
  return calls;
}

afterEach(() => {
  language.value = 'en';
});

describe('hover label', () => {
  it('stands beside the pointer, with two digits', () => {
    const calls = draw(0.873);
    expect(calls.find(({ name }) => name === 'roundRect')?.values.slice(0, 3)).toEqual([116, 68, 36]);
    expect(calls.find(({ name }) => name === 'fillText')?.values[0]).toBe('0.87');
    language.value = 'de';
    expect(draw(0.873).find(({ name }) => name === 'fillText')?.values[0]).toBe('0,87');
  });

  it('stays between 0 and 1, as an overlap does', () => {
    expect(draw(1.04).find(({ name }) => name === 'fillText')?.values[0]).toBe('1.00');
    expect(draw(-0.1).find(({ name }) => name === 'fillText')?.values[0]).toBe('0.00');
  });
});
