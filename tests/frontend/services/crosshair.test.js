import { describe, expect, it, vi } from 'vitest';
import { crosshairCommands } from '../../../static/js/services/crosshair.js';
import { createViewControl } from '../../../static/js/services/view_control.js';
import { chooseTool, setCanvasSize, setViewport } from '../../../static/js/state/actions/view_actions.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { storeWithImages } from '../session_builders.js';

function makeCrosshair() {
  const store = storeWithImages();
  store.apply(setCanvasSize({ width: 400, height: 320 }));
  store.apply(setViewport({ scale: 4, offsetX: 0, offsetY: 0 }));
  let acting = false;
  const driver = {
    press: vi.fn(() => {
      acting = true;
    }),
    move: vi.fn(),
    release: vi.fn(() => {
      acting = false;
    }),
    cancel: () => {
      acting = false;
      return true;
    },
    interrupt: vi.fn(),
    isActing: () => acting,
    isPanning: () => false,
    holdPan: vi.fn(),
    cursor: () => 'crosshair',
  };
  const commands = crosshairCommands({ store, view: createViewControl(store), driver: () => driver });
  const at = () => [store.get().crosshair?.x, store.get().crosshair?.y];
  return { store, driver, at, ...commands };
}

describe('crosshair', () => {
  it('draws with two presses of a tool that is dragged', () => {
    const { store, driver, pressCrosshair, moveCrosshair } = makeCrosshair();
    store.apply(chooseTool('brush'));
    moveCrosshair('left');
    pressCrosshair(0);
    expect(driver.release).not.toHaveBeenCalled();
    moveCrosshair('left');
    expect(driver.move).toHaveBeenCalled();
    pressCrosshair(0);
    expect(driver.release).toHaveBeenCalledOnce();
  });

  it('appears in the middle and moves by pixels or leaps', () => {
    const { at, moveCrosshair, leapCrosshair } = makeCrosshair();
    expect(moveCrosshair('left')).toBe(true);
    expect(at()).toEqual([50.5, 40.5]);
    moveCrosshair('left');
    moveCrosshair('down');
    expect(at()).toEqual([49.5, 41.5]);
    leapCrosshair('right');
    leapCrosshair('up');
    expect(at()).toEqual([59.5, 31.5]);
  });

  it('stays on the photograph', () => {
    const { at, leapCrosshair } = makeCrosshair();
    for (let step = 0; step < 20; step += 1) leapCrosshair('left');
    for (let step = 0; step < 20; step += 1) leapCrosshair('down');
    expect(at()).toEqual([0.5, 79.5]);
  });

  it('takes the view along', () => {
    const { store, leapCrosshair } = makeCrosshair();
    store.apply(setViewport({ scale: 16, offsetX: -600, offsetY: -480 }));
    for (let step = 0; step < 12; step += 1) leapCrosshair('right');
    const { crosshair, viewport } = store.get();
    const x = Number(crosshair?.x) * 16 + Number(viewport?.offsetX);
    expect(viewport?.offsetX).toBeLessThan(-600);
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(400);
  });

  it('presses and releases the tool, with either button', () => {
    const { driver, moveCrosshair, pressCrosshair } = makeCrosshair();
    expect(pressCrosshair(0)).toBe(false);
    moveCrosshair('left');
    expect(pressCrosshair(2)).toBe(true);
    const event = { image: { x: 50.5, y: 40.5 }, canvas: { x: 202, y: 162 }, button: 2, clickCount: 1 };
    expect(driver.press).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(event));
    expect(driver.release).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ ...event, buttons: 0 }));
  });

  it('draws a box with two presses, which Escape may interrupt', () => {
    const { store, driver, moveCrosshair, pressCrosshair } = makeCrosshair();
    store.apply(chooseTool('box'));
    moveCrosshair('left');
    pressCrosshair(0);
    expect(driver.release).not.toHaveBeenCalled();
    moveCrosshair('right');
    expect(driver.move).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ buttons: 1 }));
    driver.cancel();
    pressCrosshair(0);
    expect(driver.press).toHaveBeenCalledTimes(2);
    pressCrosshair(0);
    expect(driver.release).toHaveBeenCalledOnce();
  });

  it('leaves the keys to others where there is no photograph', () => {
    const { store, moveCrosshair } = makeCrosshair();
    store.apply(openImage(null));
    expect(moveCrosshair('left')).toBe(false);
  });
});
