/**
 * Runs in a rendered page: lists what an annotator of page layout would outline. Coordinates are those of the viewport,
 * in CSS pixels.
 *
 * @typedef {{kind: string, rects: number[][], isCovered: boolean}} Region each rectangle is left, top, right, bottom;
 * whether something else lies over it
 */

const PICTURES = new Set(['IMG', 'SVG', 'CANVAS', 'VIDEO', 'OBJECT', 'IFRAME']);
const CONTROLS = new Set(['BUTTON', 'INPUT', 'SELECT', 'TEXTAREA']);
const MOST_OF_VIEW = 0.6;

/**
 * @param {DOMRect} rect a rectangle of the viewport
 * @returns {number[]} left, top, right, bottom
 */
const corners = (rect) => [rect.left, rect.top, rect.right, rect.bottom];

/**
 * @param {Element} element anything
 * @returns {string} its own background, also if it is a picture; nothing if what is behind it is seen
 */
function backgroundOf(element) {
  const style = getComputedStyle(element);
  const isClear = /^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor);
  return (isClear ? '' : style.backgroundColor) + (style.backgroundImage === 'none' ? '' : style.backgroundImage);
}

/**
 * @param {Element} element anything
 * @returns {string} the background that is seen around it
 */
function backgroundBehind(element) {
  for (let outer = element.parentElement; outer; outer = outer.parentElement) {
    const own = backgroundOf(outer);
    if (own) return own;
  }
  return 'rgb(255, 255, 255)';
}

/**
 * @param {Element} element anything
 * @returns {number} how much of the viewport it takes, in square pixels
 */
function seenArea(element) {
  const [left, top, right, bottom] = corners(element.getBoundingClientRect());
  const width = Math.min(right, innerWidth) - Math.max(left, 0);
  return Math.max(width, 0) * Math.max(Math.min(bottom, innerHeight) - Math.max(top, 0), 0);
}

/**
 * @param {Element} element anything
 * @returns {boolean} whether it is seen as a box: by its background, or by a border on all sides
 */
function isBox(element) {
  const style = getComputedStyle(element);
  if (style.display.startsWith('inline') || style.display.startsWith('table-')) return false;
  if (element.tagName !== 'PRE' && seenArea(element) > MOST_OF_VIEW * innerWidth * innerHeight) return false;
  const widths = [style.borderTopWidth, style.borderRightWidth, style.borderBottomWidth, style.borderLeftWidth];
  const isFramed = widths.every((width) => parseFloat(width) > 0);
  const own = backgroundOf(element);
  return isFramed || (own !== '' && own !== backgroundBehind(element));
}

/**
 * @param {Element} element anything
 * @returns {boolean} whether it is a table of data, not one that only arranges a page
 */
function isDataTable(element) {
  if (!(element instanceof HTMLTableElement) || element.querySelector('table, pre, p + p')) return false;
  return element.rows.length > 1 && [...element.rows].some((row) => row.cells.length > 1);
}

/**
 * @param {Element} element anything
 * @returns {string} what it is as a whole; nothing if only its parts count
 */
function kindOf(element) {
  if (PICTURES.has(element.tagName.toUpperCase())) return 'picture';
  if (CONTROLS.has(element.tagName)) return 'control';
  if (isDataTable(element)) return 'table';
  if (!isBox(element)) return '';
  return element.tagName === 'PRE' || element.querySelector('pre') ? 'code' : 'box';
}

/**
 * @param {Node} node a text
 * @returns {Element} the block whose lines it flows in
 */
function blockOf(node) {
  let block = /** @type {Element} */ (node.parentElement);
  while (block.parentElement && /^(inline|contents|ruby)/.test(getComputedStyle(block).display)) {
    block = block.parentElement;
  }
  return block;
}

/**
 * @param {Element} element anything
 * @param {number[][]} rects where it is seen
 * @returns {boolean} whether something else lies over the middle of one of the rectangles that the viewport shows
 */
function isCovered(element, rects) {
  return !rects.every(([left, top, right, bottom]) => {
    const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
    const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    if (right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight) return true;
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (element.contains(hit) || hit.contains(element));
  });
}

/**
 * @param {Element} block whose lines are wanted
 * @returns {string} what a text is called
 */
function textKind(block) {
  if (/^H[1-6]$/.test(block.tagName)) return 'heading';
  if (block.tagName === 'PRE') return 'code';
  return block.tagName === 'LI' ? 'item' : 'text';
}

/** Let what is fixed to the window scroll away with the page, so that it covers nothing. */
export function loosen() {
  for (const element of document.querySelectorAll('body *')) {
    const { position } = getComputedStyle(element);
    if (element instanceof HTMLElement && position === 'fixed') element.style.position = 'absolute';
    if (element instanceof HTMLElement && position === 'sticky') element.style.position = 'relative';
  }
}

/**
 * List the regions of the viewport, outermost ones only.
 *
 * @returns {Region[]} texts by the rectangles of their lines
 */
export function findRegions() {
  /** @type {Region[]} */
  const found = [];
  /** @type {Map<Element, number[][]>} */
  const texts = new Map();
  /** @param {Element} element looked through with all that is in it */
  const visit = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
    const kind = kindOf(element);
    const rects = [corners(element.getBoundingClientRect())];
    if (kind) {
      found.push({ kind, rects, isCovered: isCovered(element, rects) });
      return;
    }
    for (const child of element.childNodes) {
      if (child instanceof Element) visit(child);
      else if (child.nodeType === Node.TEXT_NODE && child.textContent?.trim()) {
        const block = blockOf(child);
        const range = document.createRange();
        range.selectNodeContents(child);
        texts.set(block, [...(texts.get(block) ?? []), ...[...range.getClientRects()].map(corners)]);
      }
    }
  };
  visit(document.body);
  for (const [block, rects] of texts) found.push({ kind: textKind(block), rects, isCovered: isCovered(block, rects) });
  return found;
}
