import { describe, expect, it } from 'vitest';
import { BlockPainter } from '../../../static/js/masks/block_painter.js';
import { axisTaps } from '../../../static/js/masks/interpolation.js';
import { seededRandom } from '../random.js';

const SIDE = 6;
const COLUMNS = axisTaps(SIDE, 24, 24, 57);
const ROWS = axisTaps(SIDE, 24, 17, 41);

/**
 * @param {Float32Array} logits
 * @param {{ x: number, y: number, width: number, height: number }} place
 */
function paint(logits, place) {
  const region = { ...place, mask: new Uint8Array(place.width * place.height) };
  new BlockPainter(logits, SIDE, 0, COLUMNS, ROWS, region).paint();
  return region.mask;
}

/**
 * @param {Float32Array} logits
 * @param {number} x
 * @param {number} y
 */
function logitAt(logits, x, y) {
  let value = 0;
  for (let tap = 0; tap < 9; tap += 1) {
    const [row, column] = [Math.floor(tap / 3), tap % 3];
    const weight = ROWS.weights[3 * y + row] * COLUMNS.weights[3 * x + column];
    if (weight > 0) value += weight * logits[(ROWS.bases[y] + row) * SIDE + COLUMNS.bases[x] + column];
  }
  return value;
}

describe('BlockPainter', () => {
  const whole = { x: 0, y: 0, width: 57, height: 41 };

  it('gives every pixel the side that its own logit is on', () => {
    const random = seededRandom(77);
    for (let trial = 0; trial < 30; trial += 1) {
      const offset = 4 * (random() - 0.5);
      const logits = Float32Array.from({ length: SIDE * SIDE }, () => 4 * (random() - 0.5) + offset);
      const wrong = Array.from(paint(logits, whole)).filter((inside, index) => {
        const value = logitAt(logits, index % 57, Math.floor(index / 57));
        return Math.abs(value) > 1e-9 && inside !== (value > 0 ? 1 : 0);
      });
      expect(wrong, `trial ${trial}`).toHaveLength(0);
    }
  });

  it('paints a piece of the image as it paints the whole', () => {
    const logits = Float32Array.from({ length: SIDE * SIDE }, (_, index) => (index === 14 ? 9 : -1));
    const full = paint(logits, whole);
    const place = { x: 8, y: 4, width: 40, height: 33 };
    const piece = paint(logits, place);
    const expected = Array.from(piece, (_, index) => {
      const [x, y] = [place.x + (index % place.width), place.y + Math.floor(index / place.width)];
      return full[y * 57 + x];
    });
    expect(Array.from(piece)).toEqual(expected);
    expect(expected.some((inside) => inside === 1)).toBe(true);
  });
});
