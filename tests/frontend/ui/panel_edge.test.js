// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { PanelEdge } from '../../../static/js/ui/panel_edge.js';
import { show } from './ui_bench.js';

it('is moved with the arrow keys, and says how far', () => {
  const { app, named } = show(PanelEdge);
  const edge = named('Width of the panels');
  expect(edge.getAttribute('aria-valuenow')).toBe('264');
  edge.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
  edge.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  edge.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
  expect(/** @type {import('vitest').Mock} */ (app.commands.changeSettings).mock.calls.flat()).toEqual([
    { panelWidth: 280 },
    { panelWidth: 248 },
  ]);
});
