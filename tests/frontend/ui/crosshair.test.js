// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { setCrosshair } from '../../../static/js/state/actions/crosshair_actions.js';
import { choosePointLabel } from '../../../static/js/state/actions/view_actions.js';
import { Crosshair } from '../../../static/js/ui/crosshair.js';
import { makeApp, show } from './ui_bench.js';

it('is shown where the keys point, and says when a click means the background', async () => {
  const app = makeApp();
  const { root, drawn } = show(Crosshair, { app });
  expect(root.querySelector('svg')).toBeNull();
  app.store.apply(setCrosshair(imagePoint(12, 30)));
  await drawn();
  expect(root.querySelector('svg')?.getAttribute('style')).toContain('translate(12px, 30px)');
  expect(root.querySelector('.background')).toBeNull();
  app.store.apply(choosePointLabel(0));
  await drawn();
  expect(root.querySelector('.background')).not.toBeNull();
});
