import { expect, it, vi } from 'vitest';
import { createConnectionWatch } from '../../../static/js/services/connection_watch.js';
import { settle, storeWithImages } from '../session_builders.js';

it('learns from every request, asks with growing pauses, and tells when the server is back', async () => {
  const store = storeWithImages();
  const onBack = vi.fn();
  /** @type {{run: () => void, pause: number}[]} */
  const timers = [];
  let answers = false;
  /** @type {() => Promise<unknown>} */
  const probe = () => watch.watched(answers ? Promise.resolve('ok') : Promise.reject(new Error('down')));
  const watch = createConnectionWatch({
    store,
    probe,
    onBack,
    schedule: (run, pause) => timers.push({ run, pause }),
  });
  expect(await watch.watched(Promise.resolve(5))).toBe(5);
  expect([store.get().online, timers.length]).toEqual([true, 0]);

  const cancelled = new DOMException('no longer wanted', 'AbortError');
  await expect(watch.watched(Promise.reject(cancelled))).rejects.toBe(cancelled);
  expect(store.get().online).toBe(true);

  await expect(watch.watched(Promise.reject(new Error('down')))).rejects.toThrow('down');
  await expect(watch.watched(Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(store.get().online).toBe(false);
  expect(timers.map(({ pause }) => pause)).toEqual([1000]);
  timers.shift()?.run();
  await settle();
  expect(timers.map(({ pause }) => pause)).toEqual([2000]);

  answers = true;
  timers.shift()?.run();
  await settle();
  expect(store.get().online).toBe(true);
  expect(onBack).toHaveBeenCalledOnce();
  expect(timers).toEqual([]);

  watch.note(false);
  expect(timers.map(({ pause }) => pause)).toEqual([1000]);
});
