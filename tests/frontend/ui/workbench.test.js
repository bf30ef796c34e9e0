// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { showScreen } from '../../../static/js/state/actions/project_actions.js';
import { showWorkbench } from '../../../static/js/ui/workbench.js';
import { makeApp } from './ui_bench.js';

describe('workbench', () => {
  it('has every room, and every control has a name', () => {
    const root = document.body.appendChild(document.createElement('div'));
    showWorkbench(root, makeApp());
    for (const room of ['.header', '.rail', '.options', '.stage', '.classes', '.objects', '.filmstrip', '.status']) {
      expect(root.querySelector(room)).not.toBeNull();
    }
    const nameless = [...root.querySelectorAll('button, input')].filter(
      (control) => !control.getAttribute('aria-label') && !control.textContent?.trim(),
    );
    expect(nameless).toEqual([]);
  });

  it('fills the page with the screen that is asked for', () => {
    for (const [screen, selector] of /** @type {const} */ ([
      ['projects', 'main.projects'],
      ['gallery', 'main.gallery'],
      ['statistics', 'main.statistics'],
    ])) {
      const app = makeApp();
      app.store.apply(showScreen(screen));
      const root = document.body.appendChild(document.createElement('div'));
      showWorkbench(root, app);
      expect(root.querySelector(selector)).not.toBeNull();
      expect(root.querySelector('.stage')).toBeNull();
    }
  });

  it('uses real buttons', () => {
    const root = document.body.appendChild(document.createElement('div'));
    showWorkbench(root, makeApp());
    const buttons = [...root.querySelectorAll('button')];
    expect(buttons.length).toBeGreaterThan(15);
    expect(buttons.every((button) => button.type === 'button')).toBe(true);
  });
});
