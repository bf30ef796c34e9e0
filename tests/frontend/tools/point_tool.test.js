import { describe, expect, it } from 'vitest';
import { createPointTool } from '../../../static/js/tools/point_tool.js';
import { drag, recordCommands, toolEvent } from './tool_bench.js';

/** @import {ToolEvent} from '../../../static/js/tools/tool_types.js' */

/**
 * @param {Parameters<typeof recordCommands>[0]} scene what lies under the pointer
 * @param {Partial<ToolEvent>} change what differs from a plain left click
 */
function clickWith(scene, change) {
  const { calls, commands } = recordCommands(scene);
  const tool = createPointTool(commands);
  const at = toolEvent(20, 40, change);
  drag(tool, at, at);
  return calls.filter(([name]) => name !== 'previewBox');
}

const AT = { x: 10, y: 20 };

describe('point tool', () => {
  it.each([
    ['left', {}, 1, 1],
    ['right', { button: 2 }, 1, 0],
    ['Alt and left', { modifiers: { alt: true, shift: false, ctrl: false } }, 1, 0],
    ['left after swapping', {}, 0, 0],
    ['right after swapping', { button: 2 }, 0, 1],
  ])('%s sets the label', (_, change, label, expected) => {
    expect(clickWith({ label: /** @type {0 | 1} */ (label) }, change)).toEqual([['addPoint', AT, expected]]);
  });

  it('does nothing with the middle button', () => {
    expect(clickWith({}, { button: 1 })).toEqual([]);
  });

  it('draws a box with a left drag and shows it on the way', () => {
    const { calls, commands } = recordCommands();
    drag(createPointTool(commands), toolEvent(40, 40), toolEvent(20, 80));
    expect(calls).toEqual([
      ['previewBox', [10, 20, 20, 40]],
      ['previewBox', null],
      ['setBox', [10, 20, 20, 40]],
    ]);
  });

  it('makes nothing of a drag with the right button', () => {
    const { calls, commands } = recordCommands();
    drag(createPointTool(commands), toolEvent(40, 40, { button: 2 }), toolEvent(20, 80));
    expect(calls).toEqual([['previewBox', null]]);
  });

  it('moves a click that it takes hold of, removes it with the right button, leaves it with the left', () => {
    const { calls, commands } = recordCommands({ promptAt: 2 });
    drag(createPointTool(commands), toolEvent(40, 40), toolEvent(20, 80));
    expect(calls.filter(([name]) => name !== 'previewBox')).toEqual([['movePoint', 2, { x: 10, y: 40 }]]);
    expect(clickWith({ promptAt: 2 }, { button: 2 })).toEqual([['removePoint', 2]]);
    expect(clickWith({ promptAt: 2 }, {})).toEqual([]);
  });

  it('opens the object under a double click, or clicks where there is none', () => {
    expect(clickWith({ objectAt: true }, { clickCount: 2 })).toEqual([['refineAtDoubleClick', AT]]);
    expect(clickWith({ objectAt: false }, { clickCount: 2 })).toEqual([
      ['refineAtDoubleClick', AT],
      ['addPoint', AT, 1],
    ]);
  });
});
