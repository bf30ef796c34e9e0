import { describe, expect, it } from 'vitest';
import { OKABE_ITO, colorDistance, nextColor, paletteColor } from '../../../static/js/state/palette.js';
import { makeCategory } from '../session_builders.js';

describe('palette', () => {
  it('gives the colours that colour-blind people tell apart first', () => {
    expect(Array.from(OKABE_ITO, (_, index) => paletteColor(index))).toEqual([...OKABE_ITO]);
  });

  it('goes on without end, each colour another one', () => {
    const colors = Array.from({ length: 60 }, (_, index) => paletteColor(index));
    expect(new Set(colors).size).toBe(60);
    expect(colors.every((color) => /^#[0-9a-f]{6}$/.test(color))).toBe(true);
  });

  it('chooses the first colour that no class has, whatever its letters', () => {
    const categories = [makeCategory(1, 'a', OKABE_ITO[0].toUpperCase()), makeCategory(2, 'b', OKABE_ITO[2])];
    expect(nextColor(categories)).toBe(OKABE_ITO[1]);
  });

  it('measures how differently colours look', () => {
    expect(colorDistance('#56b4e9', '#56b4e9')).toBe(0);
    expect(colorDistance('#000000', '#ffffff')).toBeCloseTo(1, 4);
    expect(colorDistance('#56b4e9', '#57b4f6')).toBeLessThan(0.04);
  });

  it('keeps the colours of many classes apart', () => {
    /** @type {ReturnType<typeof makeCategory>[]} */
    const categories = [];
    for (let id = 1; id <= 18; id += 1) categories.push(makeCategory(id, `class ${id}`, nextColor(categories)));
    const distances = categories.flatMap(({ color }, at) =>
      categories.slice(0, at).map((other) => colorDistance(color, other.color)),
    );
    expect(Math.min(...distances)).toBeGreaterThan(0.05);
  });

  it('still finds one where all are taken', () => {
    const all = Array.from({ length: 300 }, (_, index) => makeCategory(index, `${index}`, paletteColor(index)));
    expect(all.map(({ color }) => color)).not.toContain(nextColor(all));
  });
});
