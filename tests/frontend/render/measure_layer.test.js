import { afterEach, describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { drawGrid, drawMeasure, measureText } from '../../../static/js/render/measure_layer.js';
import { language } from '../../../static/js/texts/texts.js';
import { fakeContext } from './fake_canvas.js';

const MEASURE = { from: imagePoint(1, 2), to: imagePoint(4, 6) };

afterEach(() => {
  language.value = 'en';
});

describe('measure layer', () => {
  it('says distance, width and height in image pixels', () => {
    expect(measureText(MEASURE)).toBe('5.0 px  (3.0 × 4.0)');
    expect(measureText({ from: MEASURE.to, to: MEASURE.from })).toBe(measureText(MEASURE));
    language.value = 'de';
    expect(measureText(MEASURE)).toBe('5,0 px  (3,0 × 4,0)');
  });

  it('draws the line where the image is shown, and its numbers beside it', () => {
    const { calls, context } = fakeContext();
    drawMeasure(context, MEASURE, { scale: 10, offsetX: 100, offsetY: 0 });
    expect(calls.find(({ name }) => name === 'moveTo')?.values).toEqual([110, 20]);
    expect(calls.find(({ name }) => name === 'lineTo')?.values).toEqual([140, 60]);
    expect(calls.find(({ name }) => name === 'fillText')?.values[0]).toBe('5.0 px  (3.0 × 4.0)');
  });

  it('draws a line of the grid between pixels, on the image and on the canvas alone', () => {
    const { calls, context } = fakeContext();
    drawGrid(context, { width: 30, height: 20 }, { width: 120, height: 100 }, { scale: 10, offsetX: -50, offsetY: 20 });
    const lines = calls.filter(({ name }) => name === 'moveTo').map(({ values }) => values);
    const [first] = lines;
    // The first column that is shown is the fifth.
    expect(first).toEqual([0 + 0.5 + 1, 20]);
    const across = lines.filter(([, y]) => y === 20).map(([x]) => Number(x));
    expect(Math.max(...across)).toBeLessThanOrEqual(121.5);
    const down = lines.filter(([x, y]) => x === 0 && y !== 20).map(([, y]) => Number(y));
    expect(Math.min(...down)).toBe(30.5);
    expect(Math.max(...down)).toBeLessThanOrEqual(101.5);
  });
});
