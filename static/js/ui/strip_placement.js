/** Where the strip of candidates goes: near the click, but never where the next click is likely to be. */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Bounds */
/** @typedef {{width: number, height: number}} Extent */

/** Free space to the objects and to the edge of the canvas, in CSS pixels. */
const GAP = 14;
const EDGE = 8;

/**
 * Find the place. The next click goes on the object or close to it, so the strip stands beside all candidates; where no
 * side has room, it goes to the corner that is farthest from the click.
 *
 * @param {object} scene everything in CSS pixels of the canvas
 * @param {{x: number, y: number}} scene.click the click that the candidates answer
 * @param {Bounds | null} scene.objects what the candidates cover, null when all are empty
 * @param {Extent} scene.strip size of the strip
 * @param {Extent} scene.canvas size of the canvas
 * @returns {{left: number, top: number}} its top left corner
 */
export function placeStrip({ click, objects, strip, canvas }) {
  const around = objects ?? { left: click.x, right: click.x, top: click.y, bottom: click.y };
  const level = within(click.y - strip.height / 2, canvas.height - strip.height);
  const centre = within(click.x - strip.width / 2, canvas.width - strip.width);
  const sides = [
    { left: around.right + GAP, top: level },
    { left: around.left - GAP - strip.width, top: level },
    { left: centre, top: around.bottom + GAP },
    { left: centre, top: around.top - GAP - strip.height },
  ];
  const free = sides.filter((place) => fits(place, strip, canvas));
  if (free.length > 0) return free.reduce((a, b) => (distance(b, strip, click) < distance(a, strip, click) ? b : a));
  const corners = [
    { left: EDGE, top: EDGE },
    { left: canvas.width - strip.width - EDGE, top: EDGE },
    { left: EDGE, top: canvas.height - strip.height - EDGE },
  ];
  return corners.reduce((a, b) => (distance(b, strip, click) > distance(a, strip, click) ? b : a));
}

/**
 * @param {number} start wanted start along one axis
 * @param {number} last largest start that fits
 * @returns {number} a start that keeps the strip on the canvas
 */
function within(start, last) {
  return Math.max(EDGE, Math.min(start, last - EDGE));
}

/**
 * @param {{left: number, top: number}} place top left corner of the strip
 * @param {Extent} strip its size
 * @param {Extent} canvas size of the canvas
 * @returns {boolean} true when it is on the canvas as a whole
 */
function fits({ left, top }, strip, canvas) {
  return (
    left >= EDGE &&
    top >= EDGE &&
    left + strip.width <= canvas.width - EDGE &&
    top + strip.height <= canvas.height - EDGE
  );
}

/**
 * @param {{left: number, top: number}} place top left corner of the strip
 * @param {Extent} strip its size
 * @param {{x: number, y: number}} click the click
 * @returns {number} from the click to the middle of the strip
 */
function distance({ left, top }, strip, click) {
  return Math.hypot(left + strip.width / 2 - click.x, top + strip.height / 2 - click.y);
}
