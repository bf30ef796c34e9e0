import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boxOf, changesOf, mendMasks } from '../../../static/js/render/mask_repair.js';
import { FakePath, fakeLayer } from './fake_canvas.js';

/** @import {Contours} from '../../../static/js/types.js' */

beforeEach(() => void vi.stubGlobal('Path2D', FakePath));
afterEach(() => vi.unstubAllGlobals());

/** @type {(left: number) => Contours} a square of 10 pixels */
const squareAt = (left) => ({
  points: Int32Array.of(left, 5, left + 10, 5, left + 10, 15, left, 15),
  ringStarts: Int32Array.of(0),
});
const [A, B, C] = [squareAt(0), squareAt(5), squareAt(100)];

/** @type {(...entries: [Contours, string][]) => Map<Contours, string>} */
const looks = (...entries) => new Map(entries);

describe('mending masks', () => {
  it('finds the box around an outline', () => {
    expect([boxOf(C), boxOf(C)]).toEqual(Array(2).fill([100, 5, 110, 15]));
  });

  it('tells what came, went or looks otherwise', () => {
    const shown = looks([A, 'red'], [B, 'red']);
    expect(changesOf(shown, looks([A, 'red'], [B, 'red']))?.changed).toEqual([]);
    expect(changesOf(shown, looks([A, 'red'], [B, 'blue'], [C, 'red']))).toEqual({ changed: [B, C], isOnTop: false });
    expect(changesOf(shown, looks([B, 'red']))).toEqual({ changed: [A], isOnTop: false });
  });

  it('tells what is only new on top from what came below, and from another order', () => {
    const shown = looks([A, 'red'], [B, 'red']);
    expect(changesOf(shown, looks([A, 'red'], [B, 'red'], [C, 'red']))).toEqual({ changed: [C], isOnTop: true });
    expect(changesOf(shown, looks([A, 'red'], [C, 'red'], [B, 'red']))).toEqual({ changed: [C], isOnTop: false });
    expect(changesOf(shown, looks([B, 'red'], [A, 'red']))).toBeNull();
  });

  it('draws what lies at the place, in whole pixels and in its order, and nothing else', () => {
    const { layer, calls, named } = fakeLayer();
    const masks = [A, B, C].map((contours, at) => ({
      contours,
      color: `#00000${at}`,
      look: /** @type {const} */ ('kept'),
    }));
    mendMasks(layer, masks, [A], { scale: 2, offsetX: 0.3, offsetY: 0 });
    expect(named('rect')[0].values).toEqual([-3, 7, 27, 26]);
    expect(named('clearRect').map(({ values }) => values)).toEqual([[-3, 7, 27, 26]]);
    expect(named('fill').map(({ style }) => style.fillStyle)).toEqual(['#000000', '#000001']);
    const order = calls.map(({ name }) => name);
    expect(order.indexOf('clip')).toBeLessThan(order.indexOf('clearRect'));
    expect(order.at(-1)).toBe('restore');
  });
});
