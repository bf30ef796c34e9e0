// @vitest-environment happy-dom
import { render } from 'preact';
import { describe, expect, it, vi } from 'vitest';
import { MaskThumb } from '../../../static/js/ui/mask_thumb_view.js';
import { makeRle } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('mask thumb view', () => {
  it('hands its canvas over to be drawn and takes it back when it goes', async () => {
    const app = makeApp();
    const stop = vi.fn();
    vi.mocked(app.showThumb).mockReturnValue(stop);
    const rle = makeRle();
    const props = { contours: null, rle, bbox: [0, 0, 1, 1], color: '#fff', size: 30 };
    const { root, drawn } = show(MaskThumb, { app, props });
    await drawn();
    expect(app.showThumb).toHaveBeenCalledExactlyOnceWith(
      root.querySelector('canvas'),
      expect.objectContaining({ rle }),
    );
    render(null, root);
    await drawn();
    expect(stop).toHaveBeenCalledOnce();
  });
});
