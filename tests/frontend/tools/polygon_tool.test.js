import { describe, expect, it } from 'vitest';
import { createPolygonTool } from '../../../static/js/tools/polygon_tool.js';
import { drag, recordCommands, toolEvent } from './tool_bench.js';

const FIRST = /** @type {const} */ ({ kind: 'point', ring: 0, index: 0 });
const SECOND = /** @type {const} */ ({ kind: 'point', ring: 0, index: 1 });
const SIDE = /** @type {const} */ ({ kind: 'line', ring: 0, index: 1 });
const ALT = { modifiers: { alt: true, shift: false, ctrl: false } };

/**
 * @param {Parameters<typeof recordCommands>[0]} scene what lies under the pointer
 * @param {object} [press] what differs from a plain left press
 */
function click(scene, press = {}) {
  const { calls, commands } = recordCommands(scene);
  drag(createPolygonTool(commands), toolEvent(20, 40, press), toolEvent(21, 40));
  return calls;
}

describe('polygon tool', () => {
  it('adds a point where it is clicked; Alt makes the outline cut out', () => {
    expect(click({})).toEqual([['addOutlinePoint', { x: 10, y: 20 }, false]]);
    expect(click({}, ALT)).toEqual([['addOutlinePoint', { x: 10, y: 20 }, true]]);
  });

  it('closes the line at its first point and with a double click', () => {
    expect(click({ placeAt: FIRST, phase: 'drawing' })).toEqual([['finishOutline']]);
    expect(click({ phase: 'drawing' }, { clickCount: 2 })).toEqual([['finishOutline']]);
    expect(click({ placeAt: SECOND, phase: 'drawing' }, { button: 2 })).toEqual([['removeOutlinePoint', SECOND]]);
  });

  it('adds and deletes points of an outline', () => {
    expect(click({ placeAt: SIDE, phase: 'editing' })).toEqual([['insertOutlinePoint', SIDE, { x: 10, y: 20 }]]);
    expect(click({ placeAt: SECOND, phase: 'editing' }, ALT)).toEqual([['removeOutlinePoint', SECOND]]);
    expect(click({ placeAt: SECOND, phase: 'editing' })).toEqual([]);
    expect(click({ phase: 'editing' })).toEqual([]);
  });

  it('moves a point with a drag, and does nothing else with one', () => {
    for (const [placeAt, expected] of /** @type {const} */ ([
      [SECOND, [['moveOutlinePoint', SECOND, { x: 30, y: 40 }]]],
      [SIDE, []],
      [null, []],
    ])) {
      const { calls, commands } = recordCommands({ placeAt, phase: 'editing' });
      drag(createPolygonTool(commands), toolEvent(20, 40), toolEvent(60, 80));
      expect(calls).toEqual(expected);
    }
  });
});
