import { expect, it } from 'vitest';
import { FRAGMENT_SHADER, VERTEX_SHADER } from '../../../static/js/render/reading_shader.js';

// That a real driver compiles it, and that it draws the same mask as Python, is tested in a browser.
it('is written for WebGL2 and reads every value that it declares', () => {
  expect(VERTEX_SHADER.startsWith('#version 300 es')).toBe(true);
  expect(FRAGMENT_SHADER.startsWith('#version 300 es')).toBe(true);
  const declared = [...FRAGMENT_SHADER.matchAll(/^uniform \w+ (u_\w+);/gm)].map(([, name]) => name);
  expect(declared.length).toBeGreaterThan(10);
  for (const name of declared) expect(FRAGMENT_SHADER.split(name).length).toBeGreaterThan(2);
});
