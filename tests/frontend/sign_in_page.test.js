// @vitest-environment happy-dom
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (/** @type {string} */ name) => readFileSync(path.join(ROOT, 'static', name), 'utf8');
const importMap = (/** @type {string} */ page) => /<script type="importmap">[^]*?<\/script>/.exec(page)?.[0];

describe('the page to sign in', () => {
  it('names only files that are there, and shares the one inline script that the policy allows', () => {
    const page = read('sign_in.html');
    for (const [, name] of page.matchAll(/"(\/static\/[^"]+)"/g)) {
      expect(existsSync(path.join(ROOT, name)), name).toBe(true);
    }
    expect(importMap(page)).toBe(importMap(read('index.html')));
  });

  it('asks for name and password in either language, says what is wrong, and then opens the program', async () => {
    document.body.innerHTML = '<div id="sign-in"></div>';
    const statuses = [401, 200];
    vi.stubGlobal('fetch', async () => {
      const body = { error: { code: 'sign_in_failed', message: 'no', hint: '' } };
      return Response.json(body, { status: statuses.shift() });
    });
    const reload = vi.spyOn(window.location, 'reload').mockImplementation(() => {});
    await import('../../static/js/sign_in_page.js');
    const draw = () => new Promise((resolve) => setTimeout(resolve, 30));
    const submit = async () => {
      document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      await draw();
    };
    await submit();
    expect(document.body.textContent).toContain('Name and password do not belong together.');
    expect(reload).not.toHaveBeenCalled();
    /** @type {HTMLElement | null} */ (document.querySelector('[lang=de]'))?.click();
    await draw();
    expect(document.querySelector('[type=submit]')?.textContent?.trim()).toBe('Anmelden');
    expect(document.title).toBe('Anmelden · Maskwright');
    await submit();
    expect(reload).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });
});
