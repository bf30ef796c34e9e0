// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
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

  it('uses real buttons', () => {
    const root = document.body.appendChild(document.createElement('div'));
    showWorkbench(root, makeApp());
    const buttons = [...root.querySelectorAll('button')];
    expect(buttons.length).toBeGreaterThan(15);
    expect(buttons.every((button) => button.type === 'button')).toBe(true);
  });
});
