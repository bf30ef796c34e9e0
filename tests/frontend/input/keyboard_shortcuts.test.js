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
 * @param {KeyboardEventInit} [held] what is held with it
 */
function press(key, target = document.body, held = {}) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held });
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

  it('are heard with Ctrl while a list of choices has the focus, which keeps what chooses in it', () => {
    const list = addElement('<select><option>In any state</option></select>');
    for (const key of ['c', 'ArrowDown', 'Enter', ' ', 'Tab', 'Escape']) press(key, list);
    press('ArrowLeft', list, { ctrlKey: true });
    press(',', list, { ctrlKey: true, altKey: true });
    expect(run).not.toHaveBeenCalled();
    expect(press(',', list, { ctrlKey: true })).toBe(true);
    expect(press('z', list, { ctrlKey: true })).toBe(true);
    expect(run).toHaveBeenCalledWith(expect.objectContaining({ command: 'showSettings' }));
    expect(run).toHaveBeenLastCalledWith(expect.objectContaining({ command: 'undo' }));
  });

  it('leave what edits text to a text field, and no other key with Ctrl', () => {
    const field = addElement('<input type="text" />');
    for (const key of ['a', 'c', 'v', 'z', 'Backspace', 'Enter']) press(key, field, { ctrlKey: true });
    expect(run).not.toHaveBeenCalled();
    press('k', field, { metaKey: true });
    expect(run).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ command: 'showPalette' }));
  });

  it('are heard while a slider has the focus, which keeps its arrows', () => {
    const slider = addElement('<input type="range" />');
    for (const key of ['ArrowLeft', 'Home', 'PageUp', 'Tab', ' ']) press(key, slider);
    expect(run).not.toHaveBeenCalled();
    press('b', slider);
    expect(run).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ value: 'brush' }));
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
