/** A list of rows of one height, of which only those in sight exist. */

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Rows above and below the ones in sight, so that the focus can go on from row to row. */
const SPARE = 6;
/** Shown before the height is known. */
const FIRST_ROWS = 40;

/**
 * The list.
 *
 * @template T
 * @param {object} props what it shows
 * @param {readonly T[]} props.items all rows
 * @param {number} props.rowHeight in CSS pixels
 * @param {string} props.label its name, for readers
 * @param {string | null} [props.shownKey] a row that should be in sight
 * @param {(item: T) => string} props.keyOf tells rows apart
 * @param {(item: T) => unknown} props.row draws one
 * @returns {unknown} its elements
 */
export function VirtualList({ items, rowHeight, label, shownKey = null, keyOf, row }) {
  const frame = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [sight, setSight] = useState({ top: 0, height: FIRST_ROWS * rowHeight });
  const look = () => {
    const element = frame.current;
    if (element && element.clientHeight > 0) setSight({ top: element.scrollTop, height: element.clientHeight });
  };
  useEffect(() => {
    const sizes = new ResizeObserver(look);
    if (frame.current) sizes.observe(frame.current);
    return () => sizes.disconnect();
  }, []);
  useEffect(() => {
    const index = shownKey === null ? -1 : items.findIndex((item) => keyOf(item) === shownKey);
    const element = frame.current;
    if (!element || index < 0) return;
    const top = index * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight;
    }
  }, [shownKey]);
  const first = Math.max(0, Math.floor(sight.top / rowHeight) - SPARE);
  const last = Math.min(items.length, Math.ceil((sight.top + sight.height) / rowHeight) + SPARE);
  return html`<div class="virtual" ref=${frame} onScroll=${look}>
    <ul aria-label=${label} style=${{ height: `${items.length * rowHeight}px`, paddingTop: `${first * rowHeight}px` }}>
      ${items.slice(first, last).map((item) => row(item))}
    </ul>
  </div>`;
}
