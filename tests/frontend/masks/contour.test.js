import { describe, expect, it } from 'vitest';
import { edgesOfMask } from '../../../static/js/masks/edges.js';
import { contoursOfEdges, traceContours } from '../../../static/js/masks/contour.js';
import { encodeRle } from '../../../static/js/masks/rle.js';
import { edgesOfRle } from '../../../static/js/masks/rle_edges.js';
import { maskOfRows, randomMask, samePixels, sizeOfRows } from './mask_builders.js';

/** @import { Contours, Size } from '../../../static/js/types.js' */

/**
 * @param {Contours} contours
 * @returns {number[][][]} Per ring its corners.
 */
function ringsOf({ points, ringStarts }) {
  return Array.from(ringStarts, (start, ring) => {
    const end = ring + 1 < ringStarts.length ? ringStarts[ring + 1] : points.length / 2;
    return Array.from({ length: end - start }, (_, index) => [
      points[2 * (start + index)],
      points[2 * (start + index) + 1],
    ]);
  });
}

/**
 * Fill rings with the even-odd rule, straight from its definition: a pixel is inside if a ray from its centre to the
 * right crosses an odd number of edges.
 *
 * @param {Contours} contours
 * @param {Size} size
 */
function fillEvenOdd(contours, { width, height }) {
  const mask = new Uint8Array(width * height);
  for (const ring of ringsOf(contours)) {
    ring.forEach(([x, y], index) => {
      const [nextX, nextY] = ring[(index + 1) % ring.length];
      if (x !== nextX && y !== nextY) throw new Error('rings must run along pixel edges');
      if (x !== nextX) return;
      for (let row = Math.min(y, nextY); row < Math.max(y, nextY); row += 1) {
        for (let column = 0; column < x; column += 1) mask[row * width + column] ^= 1;
      }
    });
  }
  return mask;
}

/** @param {string[]} rows */
const ringsOfRows = (...rows) => ringsOf(traceContours(maskOfRows(rows), sizeOfRows(rows)));

describe('traceContours', () => {
  it('outlines one pixel with its four corners', () => {
    const [ring, ...others] = ringsOfRows('000', '010', '000');
    expect(others).toEqual([]);
    expect(ring).toEqual([
      [1, 1],
      [2, 1],
      [2, 2],
      [1, 2],
    ]);
  });

  it('keeps no points on straight lines', () => {
    expect(ringsOfRows('11111', '11111')).toEqual([
      [
        [0, 0],
        [5, 0],
        [5, 2],
        [0, 2],
      ],
    ]);
  });

  it('gives a hole a ring of its own', () => {
    expect(ringsOfRows('111', '101', '111').map((ring) => ring.length)).toEqual([4, 4]);
  });

  it('gives pixels that touch only by a corner rings of their own, on both diagonals', () => {
    expect(ringsOfRows('10', '01').map((ring) => ring.length)).toEqual([4, 4]);
    expect(ringsOfRows('01', '10').map((ring) => ring.length)).toEqual([4, 4]);
  });

  it('has nothing to trace in an empty mask', () => {
    expect(ringsOfRows('000', '000')).toEqual([]);
  });

  it('gives exactly the mask when filled with the even-odd rule', () => {
    for (let seed = 1000; seed < 1150; seed += 1) {
      const { mask, size } = randomMask(seed);
      const filled = fillEvenOdd(traceContours(mask, size), size);
      expect(samePixels(filled, mask), `seed ${seed}`).toBe(true);
    }
  });

  it('traces run lengths to the same rings as the pixels', () => {
    for (let seed = 2000; seed < 2050; seed += 1) {
      const { mask, size } = randomMask(seed);
      const fromRle = contoursOfEdges(edgesOfRle(encodeRle(mask, size)), size.width);
      const fromPixels = traceContours(mask, size);
      expect(fromRle.points.join()).toBe(fromPixels.points.join());
      expect(fromRle.ringStarts.join()).toBe(fromPixels.ringStarts.join());
    }
  });

  it('places a piece of a mask where it lies in the image', () => {
    const edges = edgesOfMask(maskOfRows(['11']), { width: 2, height: 1 }, { x: 5, y: 7 });
    expect(ringsOf(contoursOfEdges(edges, 20))[0][0]).toEqual([5, 7]);
  });
});
