/** Tells palms from fingers: a hand that rests on the screen while it draws must not draw. */

/** Fingers touch a smaller place, in CSS pixels. */
const WIDEST_FINGER = 60;
/** A touch so soon after a pen is the hand that holds it, in milliseconds. */
const PEN_PAUSE = 500;

/**
 * Make a guard.
 *
 * @returns {(event: PointerEvent) => boolean} true for an event of a palm, from its press to its release
 */
export function createPalmGuard() {
  /** @type {Set<number>} */
  const palms = new Set();
  /** @type {Set<number>} */
  const pens = new Set();
  let lastPen = -Infinity;

  return (event) => {
    const { pointerId, pointerType, type } = event;
    const ends = type === 'pointerup' || type === 'pointercancel';
    if (pointerType === 'pen') {
      lastPen = event.timeStamp;
      if (type === 'pointerdown') pens.add(pointerId);
      if (ends) pens.delete(pointerId);
    }
    if (pointerType !== 'touch') return false;
    if (type === 'pointerdown') {
      const isWide = Math.max(event.width, event.height) > WIDEST_FINGER;
      if (isWide || pens.size > 0 || event.timeStamp - lastPen < PEN_PAUSE) palms.add(pointerId);
    }
    const isPalm = palms.has(pointerId);
    if (ends) palms.delete(pointerId);
    return isPalm;
  };
}
