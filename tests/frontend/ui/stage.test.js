// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { markPixelsReady, setImages } from '../../../static/js/state/actions/image_actions.js';
import { setDropActive } from '../../../static/js/state/actions/view_actions.js';
import { Stage } from '../../../static/js/ui/stage.js';
import { makeApp, show } from './ui_bench.js';

describe('stage', () => {
  it('hands its canvases over, bottom first, and names the photograph', async () => {
    const { app, root, named, find, drawn } = show(Stage);
    await drawn();
    const [image, masks, hover, hand, prompts] = root.querySelectorAll('.canvases canvas');
    expect(app.mountStage).toHaveBeenCalledExactlyOnceWith(find('.canvases'), { image, masks, hover, hand, prompts });
    expect(named('Photograph photo_1.jpg')).toBeTruthy();
  });

  it('is busy until the pixels are there', async () => {
    const { app, find, drawn } = show(Stage);
    expect(find('main').getAttribute('aria-busy')).toBe('true');
    app.store.apply(markPixelsReady(1));
    await drawn();
    expect(find('main').getAttribute('aria-busy')).toBe('false');
  });

  it('invites when there are no images, and shows where files may be dropped', () => {
    const app = makeApp();
    app.store.apply(setImages([]));
    app.store.apply(setDropActive(true));
    const { text } = show(Stage, { app });
    expect(text()).toContain('Drop photographs anywhere');
    expect(text()).toContain('Drop to add');
  });
});
