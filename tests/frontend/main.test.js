// @vitest-environment happy-dom
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { fakeContext } from './render/fake_canvas.js';
import { makeCategory, makeProject, settle } from './session_builders.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PAGE = readFileSync(path.join(ROOT, 'static/index.html'), 'utf8');

const ANSWERS = /** @type {Record<string, unknown>} */ ({
  '/api/projects': { projects: [makeProject(1)] },
  '/api/images?project=1': { images: [] },
  '/api/categories?project=1': { categories: [makeCategory(1, 'object')] },
  '/api/session': { has_accounts: false, user: null, permissions: ['read', 'annotate', 'review', 'organise'] },
  '/api/model': {
    model_id: 'abc',
    encoder_id: 'def',
    takes_logits_of: ['abc'],
    name: 'tiny',
    decoder_url: '/api/model/decoder.onnx',
    mask_size: 64,
  },
});

/** Answers nothing, as a worker that is still starting. */
class SilentWorker {
  postMessage() {}

  terminate() {}
}

describe('the page', () => {
  it('names only files that are there', () => {
    const names = [...PAGE.matchAll(/"(\/static\/[^"]+)"/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(existsSync(path.join(ROOT, name)), name).toBe(true);
  });

  it('has no inline script besides the import map', () => {
    const inline = [...PAGE.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(([, attributes]) => attributes.trim());
    expect(inline).toEqual(['type="importmap"']);
    expect(PAGE).not.toMatch(/\son\w+=/);
  });

  it('starts: reads classes, images and the model, and invites when there is nothing', async () => {
    const fields = ['photo-files', 'class-list'].map((id) => `<input id="${id}" type="file" />`);
    document.body.innerHTML = `<div id="workbench"></div>${fields.join('')}`;
    vi.stubGlobal('Worker', SilentWorker);
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe() {}

        disconnect() {}
      },
    );
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new Error('private window');
      },
    });
    vi.stubGlobal('fetch', async (/** @type {string} */ address) => Response.json(ANSWERS[address]));
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(
      (/** @type {string} */ kind) => /** @type {never} */ (kind === '2d' ? fakeContext().context : null),
    );
    await import('../../static/js/main.js');
    await settle();
    const state = globalThis.maskwright.store.get();
    expect(state).toMatchObject({ imagesPhase: 'ready', activeCategoryId: 1, model: { name: 'tiny' } });
    expect(state.notices[0].message).toContain('unsaved work would not outlive this page');
    expect(globalThis.maskwright.shownMask()).toBeNull();
  });
});
