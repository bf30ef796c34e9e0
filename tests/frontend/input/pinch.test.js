// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { createPinch } from '../../../static/js/input/pinch.js';

/** @type {(id: number, x: number, y: number, pointerType?: string) => PointerEvent} */
const touch = (pointerId, clientX, clientY, pointerType = 'touch') =>
  new PointerEvent('pointermove', { pointerId, clientX, clientY, pointerType });

describe('pinch', () => {
  it('zooms by how far the fingers part and pans by how their middle moves', () => {
    const onPinch = vi.fn();
    const pinch = createPinch(onPinch);
    const element = document.createElement('div');
    expect(pinch.press(element, touch(1, 0, 0))).toBe(false);
    expect(pinch.press(element, touch(2, 10, 0))).toBe(true);
    expect(pinch.move(element, touch(2, 20, 0))).toBe(true);
    expect(onPinch).toHaveBeenCalledExactlyOnceWith({ x: 5, y: 0 }, { x: 10, y: 0 }, 2);
  });

  it('keeps the gesture until the last finger is up', () => {
    const pinch = createPinch(vi.fn());
    const element = document.createElement('div');
    pinch.press(element, touch(1, 0, 0));
    pinch.press(element, touch(2, 10, 0));
    expect(pinch.release(touch(1, 0, 0))).toBe(true);
    expect(pinch.move(element, touch(2, 12, 0))).toBe(true);
    expect(pinch.release(touch(2, 12, 0))).toBe(true);
    pinch.press(element, touch(3, 0, 0));
    expect(pinch.release(touch(3, 0, 0))).toBe(false);
  });

  it('leaves mouse and pen to the tools', () => {
    const pinch = createPinch(vi.fn());
    const element = document.createElement('div');
    expect(pinch.press(element, touch(1, 0, 0, 'mouse'))).toBe(false);
    expect(pinch.move(element, touch(1, 5, 0, 'mouse'))).toBe(false);
  });
});
