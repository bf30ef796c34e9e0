// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectFileDialog, fileField, guardPage, savePlot, watchHands } from '../../static/js/page_actions.js';
import { openImage } from '../../static/js/state/actions/image_actions.js';
import { clickAndAnswer, storeWithImages } from './session_builders.js';

afterEach(() => vi.restoreAllMocks());

function leavePage() {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

describe('page actions', () => {
  it('finds the file field, and says when it is missing', () => {
    document.body.innerHTML = '';
    expect(fileField).toThrow('#photo-files');
    document.body.innerHTML = '<input id="photo-files" type="file" />';
    expect(fileField().type).toBe('file');
    expect(() => fileField('class-list')).toThrow('#class-list');
  });

  it('notices hands, also where another listener stops the event', () => {
    const onSign = vi.fn();
    watchHands(onSign);
    document.body.addEventListener('wheel', (event) => event.stopPropagation());
    document.body.dispatchEvent(new Event('wheel', { bubbles: true }));
    expect(onSign).toHaveBeenCalledExactlyOnceWith(expect.any(Number));
  });

  it('open the file dialog and take what was chosen', () => {
    const input = document.createElement('input');
    const click = vi.spyOn(input, 'click');
    const onFiles = vi.fn();
    connectFileDialog(input, onFiles)();
    expect(click).toHaveBeenCalledOnce();
    const photo = new File(['x'], 'cat.jpg');
    Object.defineProperty(input, 'files', { value: [photo] });
    input.dispatchEvent(new Event('change'));
    expect(onFiles).toHaveBeenCalledExactlyOnceWith([photo]);
  });

  it('save a plot in its own colours', async () => {
    const saved = vi.spyOn(URL, 'createObjectURL');
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    savePlot('clicks', '<svg viewBox="0 0 1 1"><g></g></svg>');
    expect(click).toHaveBeenCalledOnce();
    const blob = /** @type {Blob} */ (saved.mock.calls[0][0]);
    expect(await blob.text()).toMatch(/^<svg viewBox="0 0 1 1"><style>.*plot-bar.*<g>/s);
  });

  it('ask before unfinished or unsaved work is left that the browser does not remember, and name the page after the image', () => {
    const store = storeWithImages();
    let safe = false;
    guardPage(store, () => safe);
    expect(leavePage()).toBe(false);
    clickAndAnswer(store);
    expect(document.title).toBe('photo_1.jpg · Maskwright');
    store.apply(openImage(2));
    expect(leavePage()).toBe(true);
    safe = true;
    expect(leavePage()).toBe(false);
  });
});
