import { expect, it, vi } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { lookCommands, rememberLooks } from '../../../static/js/services/look_commands.js';
import { USUAL_LOOK, lookOf } from '../../../static/js/state/looks.js';
import { storeWithImages } from '../session_builders.js';

/** @type {(text?: string) => {getItem: () => string | null, setItem: import('vitest').Mock<(key: string, value: string) => void>}} */
const storage = (text) => ({ getItem: () => text ?? null, setItem: vi.fn() });

it('turns switches and steps, and moves the view', () => {
  const store = storeWithImages();
  const view = { centre: vi.fn() };
  const commands = lookCommands({ store, view });
  commands.toggleLook('outlineOnly');
  commands.stepOpacity(1);
  commands.changeLook({ contrast: 2 });
  expect(lookOf(store.get())).toMatchObject({ outlineOnly: true, opacity: 0.48, contrast: 2 });
  commands.resetLook();
  expect(lookOf(store.get())).toBe(USUAL_LOOK);
  commands.toggleLookPanel();
  expect(store.get().lookPanelOpen).toBe(true);
  commands.centreView(imagePoint(3, 4));
  expect(view.centre).toHaveBeenCalledWith({ x: 3, y: 4 });
});

it('remembers looks by project, and what it cannot read counts for nothing', () => {
  const store = storeWithImages();
  const kept = storage('{"1": {"gamma": 2, "opacity": "x"}}');
  const stop = rememberLooks(store, kept);
  expect(lookOf(store.get())).toEqual({ ...USUAL_LOOK, gamma: 2 });
  lookCommands({ store, view: { centre: vi.fn() } }).toggleLook('grid');
  expect(JSON.parse(kept.setItem.mock.lastCall?.[1] ?? '')).toMatchObject({ 1: { gamma: 2, grid: true } });
  stop();
  rememberLooks(store, storage('{not json'));
  expect(store.get().looks).toEqual({});
});
