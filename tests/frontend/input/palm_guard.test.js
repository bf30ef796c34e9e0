import { describe, expect, it } from 'vitest';
import { createPalmGuard } from '../../../static/js/input/palm_guard.js';

/** @type {(type: string, change?: Partial<PointerEvent>) => PointerEvent} */
const event = (type, change = {}) =>
  /** @type {PointerEvent} */ ({
    type,
    pointerId: 1,
    pointerType: 'touch',
    width: 24,
    height: 24,
    timeStamp: 0,
    ...change,
  });

describe('palm guard', () => {
  it('lets fingers, pens and mice through', () => {
    const isPalm = createPalmGuard();
    for (const pointerType of ['touch', 'mouse', 'pen']) {
      expect(isPalm(event('pointerdown', { pointerType, width: 50 }))).toBe(false);
      expect(isPalm(event('pointerup', { pointerType }))).toBe(false);
    }
  });

  it('keeps a wide touch away from its press to its release, and not the next one of that name', () => {
    const isPalm = createPalmGuard();
    expect(isPalm(event('pointerdown', { height: 90 }))).toBe(true);
    expect(isPalm(event('pointermove'))).toBe(true);
    expect(isPalm(event('pointerup'))).toBe(true);
    expect(isPalm(event('pointerdown'))).toBe(false);
  });

  it('keeps touches away while a pen draws, and just after', () => {
    const isPalm = createPalmGuard();
    const pen = { pointerType: 'pen', pointerId: 9 };
    isPalm(event('pointerdown', { ...pen, timeStamp: 100 }));
    expect(isPalm(event('pointerdown', { timeStamp: 5000 }))).toBe(true);
    isPalm(event('pointerup', { ...pen, timeStamp: 6000 }));
    expect(isPalm(event('pointerdown', { pointerId: 2, timeStamp: 6200 }))).toBe(true);
    expect(isPalm(event('pointerdown', { pointerId: 3, timeStamp: 6800 }))).toBe(false);
  });
});
