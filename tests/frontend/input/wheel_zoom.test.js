// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { listenToWheel, wheelFactor } from '../../../static/js/input/wheel_zoom.js';

describe('wheel zoom', () => {
  it('zooms in when the wheel turns away, and back by the same factor', () => {
    const into = wheelFactor({ deltaY: -100, deltaMode: 0, ctrlKey: false });
    const back = wheelFactor({ deltaY: 100, deltaMode: 0, ctrlKey: false });
    expect(into).toBeGreaterThan(1.1);
    expect(into * back).toBeCloseTo(1);
  });

  it('understands lines and pages, and pinches on a track pad', () => {
    expect(wheelFactor({ deltaY: -3, deltaMode: 1, ctrlKey: false })).toBeCloseTo(Math.exp(0.072));
    expect(wheelFactor({ deltaY: -1, deltaMode: 2, ctrlKey: false })).toBeCloseTo(Math.exp(0.6));
    expect(wheelFactor({ deltaY: -5, deltaMode: 0, ctrlKey: true })).toBeCloseTo(Math.exp(0.045));
  });

  it('never jumps', () => {
    expect(wheelFactor({ deltaY: -1e5, deltaMode: 0, ctrlKey: false })).toBe(2);
    expect(wheelFactor({ deltaY: 1e5, deltaMode: 0, ctrlKey: false })).toBe(0.5);
  });

  it('zooms at the pointer and does not scroll the page', () => {
    const element = document.createElement('div');
    const onZoom = vi.fn();
    const onStep = vi.fn();
    const stop = listenToWheel(element, { onZoom, onStep });
    const event = new WheelEvent('wheel', { deltaY: -100, cancelable: true });
    element.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    expect(onZoom).toHaveBeenCalledOnce();
    stop();
    element.dispatchEvent(new WheelEvent('wheel', { deltaY: -100 }));
    expect(onZoom).toHaveBeenCalledOnce();
  });

  it('walks with Alt, one step for each notch, however finely the wheel turns', () => {
    const element = document.createElement('div');
    const onStep = vi.fn();
    const onZoom = vi.fn();
    listenToWheel(element, { onZoom, onStep });
    const turn = (/** @type {number} */ deltaY) => {
      const event = new WheelEvent('wheel', { deltaY, cancelable: true });
      Object.defineProperty(event, 'altKey', { value: true });
      element.dispatchEvent(event);
    };
    for (let part = 0; part < 4; part += 1) turn(20);
    expect(onStep).toHaveBeenCalledExactlyOnceWith(1);
    turn(-100);
    expect(onStep).toHaveBeenLastCalledWith(-1);
    expect(onZoom).not.toHaveBeenCalled();
  });
});
