import { describe, expect, it } from 'vitest';
import { OKABE_ITO, nextColor, paletteColor } from '../../../static/js/state/palette.js';
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
});
