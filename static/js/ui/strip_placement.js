/** Where the strip of candidates goes: near the click, but never where the next click is likely to be. */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Bounds */
/** @typedef {{width: number, height: number}} Extent */
/** @typedef {{left: number, top: number}} Place */
/** @typedef {{x: number, y: number}} Click */

/** Free space to the objects and to the edge of the canvas, in CSS pixels. */
const GAP = 14;
const EDGE = 8;

/**
 * Find the place. The next click goes on the photograph, most likely on an object or close to it. So the strip stands
 * beside the photograph; where there is no room, beside all objects; and where they leave no room either, in the corner
 * where it covers the least of them.
 *
 * @param {object} scene everything in CSS pixels of the canvas
 * @param {Click} scene.click the click that the candidates answer
 * @param {Bounds} scene.photo what the photograph covers
 * @param {readonly Bounds[]} scene.objects what each candidate covers, without empty ones
 * @param {Extent} scene.strip size of the strip
 * @param {Extent} scene.canvas size of the canvas
 * @returns {Place} its top left corner
 */
export function placeStrip({ click, photo, objects, strip, canvas }) {
  const point = { left: click.x, right: click.x, top: click.y, bottom: click.y };
  const free = [photo, around([point, ...objects])]
    .map((bounds) => placesBeside(bounds, click, strip, canvas).filter((place) => fits(place, strip, canvas)))
    .find((places) => places.length > 0);
  if (free) return free.reduce((a, b) => (distance(b, strip, click) < distance(a, strip, click) ? b : a));
  const right = canvas.width - strip.width - EDGE;
  const bottom = canvas.height - strip.height - EDGE;
  const corners = [
    { left: EDGE, top: EDGE },
    { left: right, top: EDGE },
    { left: EDGE, top: bottom },
    { left: right, top: bottom },
  ];
  return corners.reduce((a, b) => (isBetterCorner(b, a, { click, objects, strip }) ? b : a));
}

/** @type {(bounds: Bounds, click: Click, strip: Extent, canvas: Extent) => Place[]} */
function placesBeside(bounds, click, strip, canvas) {
  const level = within(click.y - strip.height / 2, canvas.height - strip.height);
  const centre = within(click.x - strip.width / 2, canvas.width - strip.width);
  return [
    { left: bounds.right + GAP, top: level },
    { left: bounds.left - GAP - strip.width, top: level },
    { left: centre, top: bounds.bottom + GAP },
    { left: centre, top: bounds.top - GAP - strip.height },
  ];
}

/**
 * @param {readonly Bounds[]} parts at least one
 * @returns {Bounds} what encloses them all
 */
function around(parts) {
  return {
    left: Math.min(...parts.map(({ left }) => left)),
    top: Math.min(...parts.map(({ top }) => top)),
    right: Math.max(...parts.map(({ right }) => right)),
    bottom: Math.max(...parts.map(({ bottom }) => bottom)),
  };
}

/**
 * @param {Place} a one corner
 * @param {Place} b another corner
 * @param {object} scene what is on the canvas
 * @param {Click} scene.click the click
 * @param {readonly Bounds[]} scene.objects what must stay free
 * @param {Extent} scene.strip size of the strip
 * @returns {boolean} true when the strip covers less at the first, or as much but farther from the click
 */
function isBetterCorner(a, b, { click, objects, strip }) {
  const covered = (/** @type {Place} */ place) =>
    objects.reduce((sum, bounds) => sum + overlap(place, strip, bounds), 0);
  const difference = covered(a) - covered(b);
  return difference === 0 ? distance(a, strip, click) > distance(b, strip, click) : difference < 0;
}

/** @type {(place: Place, strip: Extent, bounds: Bounds) => number} area of the bounds below the strip */
function overlap({ left, top }, strip, bounds) {
  const width = Math.min(left + strip.width, bounds.right) - Math.max(left, bounds.left);
  const height = Math.min(top + strip.height, bounds.bottom) - Math.max(top, bounds.top);
  return Math.max(0, width) * Math.max(0, height);
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
 * @param {Place} place top left corner of the strip
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
 * @param {Place} place top left corner of the strip
 * @param {Extent} strip its size
 * @param {Click} click the click
 * @returns {number} from the click to the middle of the strip
 */
function distance({ left, top }, strip, click) {
  return Math.hypot(left + strip.width / 2 - click.x, top + strip.height / 2 - click.y);
}
