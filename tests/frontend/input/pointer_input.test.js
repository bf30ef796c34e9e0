// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { listenToPointers } from '../../../static/js/input/pointer_input.js';

/** @import {CanvasPoint, ImagePoint} from '../../../static/js/types.js' */

function makeInput() {
  const element = document.createElement('div');
  element.setPointerCapture = vi.fn();
  const driver = {
    press: vi.fn(),
    move: vi.fn(),
    release: vi.fn(),
    cancel: vi.fn(),
    interrupt: vi.fn(),
    holdPan: vi.fn(),
    isActing: () => false,
    isPanning: vi.fn(() => false),
    cursor: () => 'crosshair',
  };
  const toImage = vi.fn(
    (/** @type {CanvasPoint} */ { x, y }) => /** @type {ImagePoint | null} */ (imagePoint(x / 2, y / 2)),
  );
  const onHover = vi.fn();
  const onPinch = vi.fn();
  const stop = listenToPointers(element, { driver, toImage, onHover, onPinch });
  /** @type {(type: string, init?: PointerEventInit) => void} */
  const send = (type, init) => void element.dispatchEvent(new PointerEvent(type, { cancelable: true, ...init }));
  return { element, driver, toImage, onHover, onPinch, stop, send };
}

/** @type {ReturnType<typeof makeInput>} */
let input;
beforeEach(() => {
  input = makeInput();
});

describe('pointer input', () => {
  it('gives no tool and no pinch what a palm does', () => {
    const palm = { pointerType: 'touch', pointerId: 7, width: 90, height: 70 };
    for (const type of ['pointerdown', 'pointermove', 'pointerup']) input.send(type, palm);
    input.send('pointerdown', { pointerType: 'touch', pointerId: 8 });
    input.send('pointerdown', { ...palm, pointerId: 9 });
    input.send('pointermove', { ...palm, pointerId: 9, clientX: 50 });
    expect(input.driver.press).toHaveBeenCalledOnce();
    expect(input.driver.interrupt).not.toHaveBeenCalled();
    expect(input.onPinch).not.toHaveBeenCalled();
  });

  it('turns a press into an event without the DOM', () => {
    input.send('pointerdown', {
      clientX: 20,
      clientY: 10,
      button: 2,
      buttons: 2,
      altKey: true,
      pointerType: 'pen',
      pressure: 0.5,
    });
    expect(input.driver.press).toHaveBeenCalledExactlyOnceWith({
      canvas: { x: 20, y: 10 },
      image: { x: 10, y: 5 },
      button: 2,
      buttons: 2,
      clickCount: 1,
      modifiers: { alt: true, shift: false, ctrl: false },
      pointerType: 'pen',
      pressure: 0.5,
    });
    expect(input.element.style.cursor).toBe('crosshair');
  });

  it('counts the second click of a double click, near and soon', () => {
    for (const clientX of [10, 12, 12, 90]) {
      input.send('pointerdown', { clientX });
      input.send('pointerup', { clientX });
    }
    expect(input.driver.press.mock.calls.map(([event]) => event.clickCount)).toEqual([1, 2, 1, 1]);
  });

  it('tells where the pointer is, and that it left', () => {
    input.send('pointermove', { clientX: 4, clientY: 6 });
    input.send('pointerleave');
    expect(input.onHover.mock.calls).toEqual([[{ x: 2, y: 3 }], [null]]);
  });

  it('leaves the pointer on its place of the image while the image is dragged', () => {
    input.driver.isPanning.mockReturnValue(true);
    input.send('pointermove', { clientX: 4, clientY: 6 });
    expect(input.driver.move).toHaveBeenCalledOnce();
    expect(input.onHover).not.toHaveBeenCalled();
  });

  it('gives two fingers to the pinch and takes the gesture from the tool', () => {
    input.send('pointerdown', { pointerId: 1, clientX: 0, pointerType: 'touch' });
    input.send('pointerdown', { pointerId: 2, clientX: 10, pointerType: 'touch' });
    input.send('pointermove', { pointerId: 2, clientX: 20, pointerType: 'touch' });
    input.send('pointerup', { pointerId: 2, clientX: 20, pointerType: 'touch' });
    expect(input.driver.press).toHaveBeenCalledOnce();
    expect(input.driver.interrupt).toHaveBeenCalledOnce();
    expect(input.onPinch).toHaveBeenCalledOnce();
    expect(input.driver.release).not.toHaveBeenCalled();
  });

  it('interrupts when the system takes the pointer', () => {
    input.send('pointercancel');
    expect(input.driver.interrupt).toHaveBeenCalledOnce();
  });

  it('does nothing while there is no image', () => {
    input.toImage.mockReturnValue(null);
    input.send('pointerdown');
    input.send('pointermove');
    input.send('pointerup');
    expect(input.driver.press).not.toHaveBeenCalled();
    expect(input.onHover).toHaveBeenCalledWith(null);
  });

  it('keeps the menu of the browser away and stops listening', () => {
    const menu = new Event('contextmenu', { cancelable: true });
    input.element.dispatchEvent(menu);
    expect(menu.defaultPrevented).toBe(true);
    input.stop();
    input.send('pointerdown');
    expect(input.driver.press).not.toHaveBeenCalled();
  });
});
