import { describe, expect, it } from 'vitest';
import { createToolDriver } from '../../../static/js/tools/tool_driver.js';
import { createToolRegistry } from '../../../static/js/tools/tool_registry.js';
import { drag, recordCommands, toolEvent } from './tool_bench.js';

/** @import {ToolName} from '../../../static/js/state/state_types.js' */

/** @param {ToolName} first the tool in hand */
function makeDriver(first) {
  const { calls, commands } = recordCommands();
  const hand = { tool: first };
  return { calls, hand, driver: createToolDriver(createToolRegistry(commands), () => hand.tool) };
}

/** @type {(calls: unknown[][]) => unknown[]} */
const names = (calls) => calls.map(([name]) => name).filter((name) => name !== 'previewBox');

describe('tool driver', () => {
  it('gives events to the tool in hand', () => {
    const { calls, hand, driver } = makeDriver('point');
    drag(driver, toolEvent(10, 10), toolEvent(10, 10));
    hand.tool = 'box';
    drag(driver, toolEvent(10, 10), toolEvent(60, 60));
    expect(names(calls)).toEqual(['addPoint', 'setBox']);
  });

  it('knows whether a gesture is under way', () => {
    const { driver } = makeDriver('box');
    expect(driver.isActing()).toBe(false);
    driver.press(toolEvent(10, 10));
    expect([driver.isActing(), driver.isPanning()]).toEqual([true, false]);
    driver.cancel();
    expect(driver.isActing()).toBe(false);
    driver.press(toolEvent(10, 10, { button: 1 }));
    expect(driver.isPanning()).toBe(true);
  });

  it('pans with the middle button and while space is held, whatever the tool', () => {
    const { calls, driver } = makeDriver('point');
    drag(driver, toolEvent(10, 10, { button: 1 }), toolEvent(30, 10, { buttons: 4 }));
    driver.holdPan(true);
    expect(driver.cursor()).toBe('grab');
    drag(driver, toolEvent(10, 10), toolEvent(30, 10));
    driver.holdPan(false);
    expect(names(calls)).toEqual(['panBy', 'panBy']);
    expect(driver.cursor()).toBe('crosshair');
  });

  it('lets a gesture finish with the tool that began it', () => {
    const { calls, hand, driver } = makeDriver('box');
    driver.press(toolEvent(10, 10));
    hand.tool = 'point';
    driver.move(toolEvent(60, 60));
    driver.release(toolEvent(60, 60));
    expect(names(calls)).toEqual(['setBox']);
  });

  it('ignores a second button during a gesture', () => {
    const { calls, driver } = makeDriver('box');
    driver.press(toolEvent(10, 10));
    driver.press(toolEvent(20, 20, { button: 2 }));
    driver.release(toolEvent(60, 60));
    expect(names(calls)).toEqual(['setBox']);
  });

  it('drops a gesture whose release was lost outside the window', () => {
    const { calls, driver } = makeDriver('box');
    driver.press(toolEvent(10, 10));
    driver.move(toolEvent(60, 60, { buttons: 0 }));
    driver.release(toolEvent(60, 60));
    expect(names(calls)).toEqual([]);
  });

  it('cancels and interrupts', () => {
    const { calls, driver } = makeDriver('point');
    expect(driver.cancel()).toBe(false);
    driver.press(toolEvent(10, 10));
    expect(driver.cancel()).toBe(true);
    driver.press(toolEvent(10, 10));
    driver.interrupt();
    driver.release(toolEvent(10, 10));
    expect(names(calls)).toEqual([]);
  });

  it('shows a closed hand while panning', () => {
    const { driver } = makeDriver('pan');
    driver.press(toolEvent(10, 10));
    expect(driver.cursor()).toBe('grabbing');
  });
});
