// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenToKeyboard } from '../../../static/js/input/keyboard_shortcuts.js';

const run = vi.fn(() => true);
const holdPan = vi.fn();
/** @type {() => void} */
let stop = () => {};

beforeEach(() => {
  run.mockClear();
  holdPan.mockClear();
  stop = listenToKeyboard({ run, holdPan });
});
afterEach(() => {
  stop();
  document.body.innerHTML = '';
});

/**
 * @param {string} key the key
 * @param {EventTarget} [target] what has the focus
 */
function press(key, target = document.body) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

/** @param {string} markup one element */
function addElement(markup) {
  document.body.innerHTML = markup;
  return /** @type {Element} */ (document.body.firstElementChild);
}

describe('keyboard shortcuts', () => {
  it('run what the key means and keep the key from the browser', () => {
    expect(press('c')).toBe(true);
    expect(run).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ command: 'chooseTool', value: 'point' }));
    expect(press('ö')).toBe(false);
  });

  it('leave a key to the browser when the command does not want it', () => {
    run.mockReturnValueOnce(false);
    expect(press('Tab')).toBe(false);
  });

  it('pan while space is held, and not after the window lost the focus', () => {
    run.mockReturnValueOnce(false);
    expect(press(' ')).toBe(true);
    window.dispatchEvent(new KeyboardEvent('keyup', { key: ' ' }));
    window.dispatchEvent(new Event('blur'));
    expect(holdPan.mock.calls).toEqual([[true], [false], [false]]);
  });

  it('press at the crosshair with space, once however long it is held', () => {
    expect(press(' ')).toBe(true);
    const again = { key: ' ', repeat: true, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new KeyboardEvent('keydown', again));
    expect(run).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ command: 'pressCrosshair' }));
    expect(holdPan).not.toHaveBeenCalled();
  });

  it('take the focus from a button when the arrows point', () => {
    const button = /** @type {HTMLElement} */ (addElement('<button></button>'));
    button.focus();
    press('ArrowLeft', button);
    expect(document.activeElement).toBe(document.body);
  });

  it('leave text fields alone', () => {
    const field = addElement('<input type="text" />');
    press('c', field);
    press(' ', field);
    expect(run).not.toHaveBeenCalled();
    expect(holdPan).not.toHaveBeenCalled();
  });

  it('leave Enter, Tab and space to a focused button, not other keys', () => {
    const button = addElement('<button><i></i></button>');
    press('Enter', button);
    press(' ', /** @type {Element} */ (button.firstElementChild));
    expect(run).not.toHaveBeenCalled();
    press('c', button);
    expect(run).toHaveBeenCalledOnce();
  });

  it('leave everything to an open dialog', () => {
    addElement('<dialog open></dialog>');
    press('c');
    expect(run).not.toHaveBeenCalled();
  });

  it('stop listening', () => {
    stop();
    press('c');
    expect(run).not.toHaveBeenCalled();
  });
});
