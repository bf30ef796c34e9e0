/** Small pictures of photographs, with the masks drawn on them. */

/** @import {ImageId, ImageRecord, SessionState} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSession } from './app_context.js';
import { Icon } from './icons.js';

/** How long to wait before a picture that did not come is asked for again, in milliseconds. */
export const PAUSES_MS = Object.freeze([500, 1_500, 4_000, 10_000]);

/** @type {WeakMap<object, number>} */
const numbers = new WeakMap();
let lastNumber = 0;

/** @type {(value: object) => number} the same for the same value */
function numberOf(value) {
  const known = numbers.get(value);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(value, lastNumber);
  return lastNumber;
}

/**
 * Say which masks the small picture of an image should show. It is fetched when the image is left and saved, not with every
 * stroke: the one of the open image is beside the photograph anyway. A browser shows a picture that the page has had at one
 * address without asking for it again, so that other masks need another address.
 *
 * @param {SessionState} state the session
 * @param {ImageId} id the image
 * @param {boolean} isBeside whether the photograph itself is in sight
 * @returns {number | null} another one for other masks; null while they are being made
 */
function masksOf(state, id, isBeside) {
  const document = state.documents[id];
  if (!document) return 0;
  const isSettled = state.online && !isBeside && Object.keys(state.saves).length === 0;
  return isSettled ? numberOf(document.content.objects) : null;
}

/**
 * The picture of a photograph. It shows the masks of now, once they are saved and the photograph itself is out of sight.
 *
 * @param {{image: ImageRecord, isBeside?: boolean}} props the photograph, and whether it is in sight beside the picture
 * @returns {unknown} its elements
 */
export function Thumbnail({ image, isBeside = false }) {
  const masks = useSession((state) => masksOf(state, image.id, isBeside), [image.id, isBeside]);
  const shown = useRef(0);
  if (masks !== null) shown.current = masks;
  const { masked_thumbnail_url: url } = image;
  return html`<${Picture} src=${shown.current === 0 ? url : `${url}&shown=${shown.current}`} />`;
}

/**
 * A picture that is asked for again when it did not come: a few times, each after a longer pause, and from the start when
 * the server is back. Meanwhile a plain sign stands in its place, and in the end it stays.
 *
 * @param {{src: string}} props address of the picture
 * @returns {unknown} its elements
 */
export function Picture({ src }) {
  const online = useSession((state) => state.online);
  const [tries, setTries] = useState({ src, failures: 0, asked: 0 });
  const failures = tries.src === src ? tries.failures : 0;
  useEffect(() => {
    if (failures === 0 || failures > PAUSES_MS.length) return undefined;
    const again = () => setTries((last) => ({ ...last, asked: last.asked + 1 }));
    const timer = setTimeout(again, PAUSES_MS[failures - 1]);
    return () => clearTimeout(timer);
  }, [failures]);
  useEffect(() => {
    if (online && failures > 0) setTries((last) => ({ src, failures: 0, asked: last.asked + 1 }));
  }, [online]);
  // A browser asks a second time for what failed only in a new element.
  return html`<span class="thumbnail">
    <img
      key=${tries.asked}
      src=${src}
      alt=""
      loading="lazy"
      decoding="async"
      draggable=${false}
      onError=${() => setTries((last) => ({ ...last, src, failures: failures + 1 }))}
      onLoad=${() => failures > 0 && setTries((last) => ({ ...last, failures: 0 }))}
    />
    ${failures > 0 && html`<span class="no-picture"><${Icon} name="photo" size=${20} /></span>`}
  </span>`;
}
