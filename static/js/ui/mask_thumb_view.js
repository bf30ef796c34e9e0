/** A small picture of one mask. */

/** @import {ThumbSubject} from './app_context.js' */

import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { useApp } from './app_context.js';

/**
 * The picture, drawn again when the mask or its colour changes.
 *
 * @param {ThumbSubject & {size: number}} props the mask, and the side in CSS pixels
 * @returns {unknown} its elements
 */
export function MaskThumb({ contours, rle, bbox, color, size }) {
  const { showThumb } = useApp();
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    if (!canvas.current) return undefined;
    return showThumb(canvas.current, { contours, rle, bbox, color });
  }, [showThumb, contours, rle, bbox, color]);
  const side = Math.round(size * Math.min(globalThis.devicePixelRatio || 1, 2));
  return html`<canvas
    class="thumb"
    ref=${canvas}
    width=${side}
    height=${side}
    style=${{ width: `${size}px`, height: `${size}px` }}
    aria-hidden="true"
  ></canvas>`;
}
