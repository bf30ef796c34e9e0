// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { markCloseUpReady, setCloseUp } from '../../../static/js/state/actions/close_up_actions.js';
import { CloseUpFrame } from '../../../static/js/ui/close_up_frame.js';
import { makeApp, show } from './ui_bench.js';

it('lies around the part of the image, and says when it is ready', async () => {
  const app = makeApp();
  const { root, drawn } = show(CloseUpFrame, { app });
  expect(root.innerHTML).toBe('');
  const closeUp = { imageId: 1, crop: { x: 10, y: 20, width: 30, height: 40 }, ready: false };
  app.store.apply(setCloseUp(closeUp));
  await drawn();
  const style = root.querySelector('.close-up-frame')?.getAttribute('style');
  expect(style).toContain('translate(10px, 20px)');
  expect(style).toContain('width: 30px');
  expect(style).toContain('height: 40px');
  expect(root.querySelector('.ready')).toBeNull();
  app.store.apply(markCloseUpReady(closeUp));
  await drawn();
  expect(root.querySelector('.ready')).not.toBeNull();
});
