// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { markCloseUpReady, setCloseUp } from '../../../static/js/state/actions/close_up_actions.js';
import { setUpload } from '../../../static/js/state/actions/image_actions.js';
import { setOverlaps } from '../../../static/js/state/actions/overlap_actions.js';
import { setSaveStatus } from '../../../static/js/state/actions/object_actions.js';
import { setCursor, setDecoderStatus, setModel, setViewport } from '../../../static/js/state/actions/view_actions.js';
import { StatusBar } from '../../../static/js/ui/status_bar.js';
import { clickAndAnswer } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('status bar', () => {
  it('says position, zoom, model, threads and how quick the last answer was', async () => {
    const app = makeApp();
    app.store.apply(setCursor(imagePoint(12.7, 3.2)));
    app.store.apply(setViewport({ scale: 0.874, offsetX: 0, offsetY: 0 }));
    app.store.apply(setModel({ modelId: 'm', name: 'maskwright_s' }));
    app.store.apply(setDecoderStatus({ phase: 'ready', threads: 2, message: '' }));
    clickAndAnswer(app.store);
    const { text, click } = show(StatusBar, { app });
    for (const part of ['x 12 y 3', '87 %', 'maskwright_s', '2 threads', '8 ms']) expect(text()).toContain(part);
    await click('Zoom 87 percent, set to 100 percent');
    expect(app.commands.zoomActual).toHaveBeenCalledOnce();
  });

  it('says that a close-up answers, and ends it', async () => {
    const { app, text, click, drawn } = show(StatusBar);
    const closeUp = { imageId: 1, crop: { x: 0, y: 0, width: 50, height: 50 }, ready: false };
    app.store.apply(setCloseUp(closeUp));
    await drawn();
    expect(text()).toContain('close-up is being encoded');
    app.store.apply(markCloseUpReady(closeUp));
    await drawn();
    expect(text()).not.toContain('encoded');
    await click('close-up');
    expect(app.commands.toggleCloseUp).toHaveBeenCalledOnce();
  });

  it('counts what waits', () => {
    const app = makeApp();
    app.store.apply(setSaveStatus('a', 'waiting'));
    app.store.apply(setSaveStatus('b', 'failed'));
    app.store.apply(setUpload({ done: 1, total: 5 }));
    const { text } = show(StatusBar, { app });
    expect(text()).toContain('2 waiting');
    expect(text()).toContain('Adding 2 of 5');
  });

  it('counts the overlaps of the open image and leads to the next one', async () => {
    const { app, text, click, drawn } = show(StatusBar);
    expect(text()).not.toContain('overlap');
    app.store.apply(setOverlaps(1, [['a', 'b']]));
    await drawn();
    expect(text()).toContain('1 overlap');
    await click('1 overlap');
    expect(app.commands.nextOverlap).toHaveBeenCalledOnce();
    app.store.apply(setOverlaps(2, [['a', 'b']]));
    await drawn();
    expect(text()).not.toContain('overlap');
  });

  it('says when the decoder is loading or has failed', async () => {
    const { app, text, drawn } = show(StatusBar);
    expect(text()).toContain('decoder is loading');
    app.store.apply(setDecoderStatus({ phase: 'loading', threads: 0, message: 'decoder is being prepared' }));
    await drawn();
    expect(text()).toContain('decoder is being prepared');
    app.store.apply(setDecoderStatus({ phase: 'failed', threads: 0, message: 'no WebAssembly' }));
    await drawn();
    expect(text()).toContain('decoder failed: no WebAssembly');
    app.store.apply(setDecoderStatus({ phase: 'server', threads: 0, message: 'no WebAssembly' }));
    await drawn();
    expect(text()).toContain('server answers: no WebAssembly');
  });

  it('says why there is only one thread, and opens the doctor', async () => {
    const app = makeApp();
    app.store.apply(setDecoderStatus({ phase: 'ready', threads: 1, message: 'the page is not isolated' }));
    const { find } = show(StatusBar, { app });
    expect(find('.engine.warn').textContent?.trim()).toBe('1 thread: the page is not isolated');
    find('.engine').click();
    expect(app.commands.showDoctor).toHaveBeenCalledOnce();
  });
});
