// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { html } from 'htm/preact';
import { render } from 'preact';
import { setCursor, chooseTool } from '../../../static/js/state/actions/view_actions.js';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { useApp, useSession } from '../../../static/js/ui/app_context.js';
import { show } from './ui_bench.js';

describe('app context', () => {
  it('draws a component again only when its part of the session changed', async () => {
    const drawing = vi.fn();
    const Tool = () => {
      drawing();
      return html`<p>${useSession((state) => state.tool)}</p>`;
    };
    const { app, text, drawn } = show(Tool);
    app.store.apply(setCursor(imagePoint(1, 1)));
    await drawn();
    expect(drawing).toHaveBeenCalledOnce();
    app.store.apply(chooseTool('box'));
    await drawn();
    expect(text()).toBe('box');
  });

  it('says so when a component stands outside of the app', () => {
    const Lost = () => html`<p>${useApp().keys.value.length}</p>`;
    expect(() => render(html`<${Lost} />`, document.createElement('div'))).toThrow('AppContext.Provider');
  });
});
