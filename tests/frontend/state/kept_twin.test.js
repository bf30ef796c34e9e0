import { beforeEach, describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { setCursor, toggleMasks, toggleObjectHidden } from '../../../static/js/state/actions/view_actions.js';
import { hoverMask } from '../../../static/js/state/hover.js';
import { createSessionStore } from '../../../static/js/state/session_store.js';
import { hoverAt, makeObject, makeReading, storeWithImages } from '../session_builders.js';

/** @import { KeptObject, SessionStore } from '../../../static/js/state/state_types.js' */

const LOGITS = [1, -1, 1, 1];
const READING = makeReading({ logits: Float32Array.from(LOGITS) });

/** @type {SessionStore} */
let store;

/**
 * Makes a session that keeps an object of 20 x 20 pixels, with the pointer on it and a preview of the same mask.
 *
 * @param {Partial<KeptObject>} [change] what else the object has
 */
function keep(change = {}) {
  const object = makeObject('kept', { logits: { side: 2, values: Float32Array.from(LOGITS) }, ...change });
  const state = storeWithImages().get();
  const content = { objects: [object], draft: null };
  store = createSessionStore({ ...state, documents: { 1: { content, past: [], future: [] } } });
  hoverAt(store, 15, 25, [READING]);
}

beforeEach(() => keep());

describe('a preview of what was just kept', () => {
  it('does not cover it', () => {
    expect(hoverMask(store.get())).toBeNull();
  });

  it('is shown where the pointer is beside it, or it is hidden', () => {
    store.apply(setCursor(imagePoint(60, 60)));
    expect(hoverMask(store.get())).toBe(READING);
    store.apply(setCursor(imagePoint(15, 25)));
    expect(hoverMask(store.get())).toBeNull();
    store.apply(toggleObjectHidden('kept'));
    expect(hoverMask(store.get())).toBe(READING);
    store.apply(toggleObjectHidden('kept'));
    store.apply(toggleMasks());
    expect(hoverMask(store.get())).toBe(READING);
  });

  it.each([
    ['another mask', { logits: { side: 2, values: Float32Array.of(1, 1, -1, 1) } }],
    ['a mask of another model', { logits: { side: 1, values: Float32Array.of(1) } }],
    ['a mask whose logits the server keeps', { logits: null }],
    ['an empty mask', { logits: { side: 2, values: Float32Array.of(-1, -1, -1, -1) } }],
  ])('is shown over %s', (_what, change) => {
    keep(change);
    expect(hoverMask(store.get())).toBe(READING);
  });
});
