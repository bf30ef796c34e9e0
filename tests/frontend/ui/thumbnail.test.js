// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setOnline } from '../../../static/js/state/actions/connection_actions.js';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { PAUSES_MS, Picture, Thumbnail } from '../../../static/js/ui/thumbnail.js';
import { makeImage, makeObject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

const A_FRAME = 40;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** @type {(ms?: number) => Promise<unknown>} */
const wait = (ms = A_FRAME) => vi.advanceTimersByTimeAsync(ms);

/** Show a picture, and say what became of it. */
function showPicture() {
  const page = show(Picture, { props: { src: '/small.jpg' } });
  const picture = () => page.find('img');
  return {
    ...page,
    picture,
    tell: async (/** @type {'load' | 'error'} */ event) => {
      picture().dispatchEvent(new Event(event));
      await wait();
    },
    hasSign: () => page.root.querySelector('.no-picture') !== null,
  };
}

describe('picture', () => {
  it('is asked for again, each time after a longer pause, until it comes', async () => {
    const { picture, tell, hasSign } = showPicture();
    let asked = picture();
    await tell('error');
    expect(picture()).toBe(asked);
    expect(hasSign()).toBe(true);
    for (const pause of PAUSES_MS.slice(0, -1)) {
      await wait(pause - 2 * A_FRAME);
      expect(picture()).toBe(asked);
      await wait(3 * A_FRAME);
      expect(picture()).not.toBe(asked);
      asked = picture();
      expect(asked.getAttribute('src')).toBe('/small.jpg');
      await tell('error');
    }
    await wait(60_000);
    await tell('load');
    expect(hasSign()).toBe(false);
  });

  it('is given up after a few times, with a plain sign in its place', async () => {
    const { picture, tell, hasSign } = showPicture();
    for (const pause of PAUSES_MS) {
      await tell('error');
      await wait(pause + A_FRAME);
    }
    await tell('error');
    const last = picture();
    await wait(600_000);
    expect(picture()).toBe(last);
    expect(hasSign()).toBe(true);
  });

  it('is asked for again when the server is back', async () => {
    const { app, picture, tell, hasSign } = showPicture();
    for (const pause of [0, ...PAUSES_MS]) {
      await wait(pause + A_FRAME);
      await tell('error');
    }
    const given = picture();
    app.store.apply(setOnline(false));
    await wait();
    expect(picture()).toBe(given);
    app.store.apply(setOnline(true));
    await wait();
    expect(picture()).not.toBe(given);
    expect(hasSign()).toBe(false);
  });
});

describe('thumbnail', () => {
  it('shows a failed picture of other masks anew, without the sign of the earlier ones', async () => {
    const app = makeApp();
    const { root, find } = show(Thumbnail, { app, props: { image: makeImage(1) } });
    const first = find('img').getAttribute('src');
    find('img').dispatchEvent(new Event('error'));
    await wait();
    expect(root.querySelector('.no-picture')).not.toBeNull();
    app.store.apply(loadObjects(1, [makeObject('a')]));
    await wait();
    const second = find('img').getAttribute('src') ?? '';
    expect(second).not.toBe(first);
    expect(second).toMatch(/&shown=\d+$/);
    expect(root.querySelector('.no-picture')).toBeNull();
  });

  it('stays as it is while the photograph itself is in sight', async () => {
    const app = makeApp();
    const { find } = show(Thumbnail, { app, props: { image: makeImage(1), isBeside: true } });
    const first = find('img').getAttribute('src');
    app.store.apply(loadObjects(1, [makeObject('a')]));
    await wait();
    expect(find('img').getAttribute('src')).toBe(first);
  });
});
