// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { changeLook } from '../../../static/js/state/actions/look_actions.js';
import { setCanvasSize, setViewport } from '../../../static/js/state/actions/view_actions.js';
import { Minimap } from '../../../static/js/ui/minimap.js';
import { makeApp, show } from './ui_bench.js';

it('shows which part of the image is seen, while it is a part, and moves the view', async () => {
  const app = makeApp();
  app.store.apply(setCanvasSize({ width: 200, height: 160 }));
  app.store.apply(setViewport({ scale: 2, offsetX: 0, offsetY: 0 }));
  const { root, drawn } = show(Minimap, { app });
  expect(root.querySelector('.minimap')).toBeNull();
  app.store.apply(setViewport({ scale: 4, offsetX: -100, offsetY: -80 }));
  await drawn();
  const frame = /** @type {HTMLElement} */ (root.querySelector('.minimap i'));
  expect([frame.style.left, frame.style.top, frame.style.width]).toEqual(['25%', '25%', '50%']);
  const map = /** @type {HTMLElement} */ (root.querySelector('.minimap'));
  map.getBoundingClientRect = () => /** @type {DOMRect} */ ({ left: 10, top: 10, width: 168, height: 134 });
  map.setPointerCapture = () => {};
  const press = new Event('pointerdown');
  map.dispatchEvent(Object.assign(press, { buttons: 1, clientX: 10 + 84, clientY: 10 + 67, pointerId: 1 }));
  expect(app.commands.centreView).toHaveBeenCalledWith({ x: 50, y: 40 });
  app.store.apply(changeLook({ minimap: false }));
  await drawn();
  expect(root.querySelector('.minimap')).toBeNull();
});
