import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { traceContours } from '../../../static/js/masks/contour.js';
import { areaOfRuns, rleOfRuns, runsOfRle } from '../../../static/js/masks/mask_runs.js';
import { encodeRle } from '../../../static/js/masks/rle.js';
import { ringsOfContours } from '../../../static/js/masks/rings.js';
import { runsOfRings, runsOfStroke } from '../../../static/js/masks/shape_runs.js';
import { randomMask } from './mask_builders.js';

/** @import { Ring } from '../../../static/js/types.js' */

/** @typedef {{ points: number[][], rings: number[][][], size: [number, number], counts: string }} ShapeCase */

/** @type {{ strokes: ShapeCase[], rings: ShapeCase[] }} */
const FIXTURES = JSON.parse(readFileSync(new URL('../fixtures/mask_shapes.json', import.meta.url), 'utf8'));

/** @type {(points: number[][]) => Ring} */
const ringOf = (points) => points.map(([x, y]) => imagePoint(x, y));

describe('strokes', () => {
  it.each(FIXTURES.strokes)('$points.length points are the pixels that numpy finds', ({ points, size, counts }) => {
    const stroke = points.map(([x, y, radius]) => ({ x, y, radius }));
    const runs = runsOfStroke(stroke, { height: size[0], width: size[1] });
    expect(rleOfRuns(runs, { height: size[0], width: size[1] }).counts).toBe(counts);
  });

  it('grow with the pressure of the pen', () => {
    const size = { width: 60, height: 40 };
    const thin = [10, 30, 50].map((x) => ({ x, y: 20, radius: 3 }));
    const thick = thin.map((point, index) => ({ ...point, radius: 3 + 3 * index }));
    const [a, b] = [runsOfStroke(thin, size), runsOfStroke(thick, size)];
    expect(areaOfRuns(b)).toBeGreaterThan(areaOfRuns(a));
  });

  it('beside the image leave nothing', () => {
    expect(runsOfStroke([{ x: -20, y: 5, radius: 4 }], { width: 10, height: 10 })).toHaveLength(0);
    expect(runsOfStroke([], { width: 10, height: 10 })).toHaveLength(0);
  });
});

describe('rings', () => {
  it.each(FIXTURES.rings)('are the pixels that numpy finds', ({ rings, size, counts }) => {
    const runs = runsOfRings(rings.map(ringOf), { height: size[0], width: size[1] });
    expect(rleOfRuns(runs, { height: size[0], width: size[1] }).counts).toBe(counts);
  });

  it('of a traced mask give the mask back, holes and parts included', () => {
    for (let seed = 300; seed < 400; seed += 1) {
      const { mask, size } = randomMask(seed);
      const rings = ringsOfContours(traceContours(mask, size));
      expect(runsOfRings(rings, size)).toEqual(runsOfRle(encodeRle(mask, size)));
    }
  });

  it('fill a line that crosses itself when they should', () => {
    const star = ringOf([
      [50, 5],
      [78, 90],
      [5, 38],
      [95, 38],
      [22, 90],
    ]);
    const size = { width: 100, height: 100 };
    const [filled, holed] = [runsOfRings([star], size, 'nonzero'), runsOfRings([star], size)];
    expect(areaOfRuns(filled)).toBeGreaterThan(areaOfRuns(holed));
  });
});
