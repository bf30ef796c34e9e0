// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenForPhotos } from '../../../static/js/input/photo_drop.js';

const onFiles = vi.fn();
const onDrag = vi.fn();
let stop = () => {};
beforeEach(() => {
  stop = listenForPhotos({ onFiles, onDrag });
});
afterEach(() => {
  stop();
  onFiles.mockClear();
  onDrag.mockClear();
});

const PHOTO = new File(['x'], 'cat.jpg');

/**
 * @param {string} type of the event
 * @param {object} parts what it carries
 */
function send(type, parts) {
  const event = Object.assign(new Event(type, { cancelable: true }), parts);
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

const WITH_FILES = { dataTransfer: { types: ['Files'], files: [PHOTO] } };
const WITH_TEXT = { dataTransfer: { types: ['text/plain'], files: [] } };

describe('photo drop', () => {
  it('takes files that are dropped anywhere', () => {
    expect(send('dragover', WITH_FILES)).toBe(true);
    expect(send('drop', WITH_FILES)).toBe(true);
    expect(onFiles).toHaveBeenCalledExactlyOnceWith([PHOTO]);
  });

  it('says once that files hover over the page, whatever element is below', () => {
    send('dragenter', WITH_FILES);
    send('dragenter', WITH_FILES);
    send('dragleave', WITH_FILES);
    expect(onDrag).not.toHaveBeenCalledWith(false);
    send('dragleave', WITH_FILES);
    expect(onDrag).toHaveBeenLastCalledWith(false);
  });

  it('leaves dragged text alone', () => {
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) expect(send(type, WITH_TEXT)).toBe(false);
    expect(onFiles).not.toHaveBeenCalled();
  });

  it('takes pasted pictures, not pasted text', () => {
    send('paste', { clipboardData: { files: [PHOTO] } });
    send('paste', { clipboardData: { files: [] } });
    expect(onFiles).toHaveBeenCalledOnce();
  });

  it('stops', () => {
    stop();
    send('drop', WITH_FILES);
    expect(onFiles).not.toHaveBeenCalled();
  });
});
