import { describe, expect, it } from 'vitest';
import { KEY_MAP, actionId, findBinding, withKeys } from '../../../static/js/input/key_map.js';

/** @type {(key: string, held?: Partial<Parameters<typeof findBinding>[0]>) => string | undefined} */
const commandOf = (key, held = {}) =>
  findBinding({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })?.command;

describe('key map', () => {
  it('gives every key one meaning', () => {
    const keys = KEY_MAP.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('reads letters whatever their case', () => {
    expect(commandOf('c')).toBe('chooseTool');
    expect(commandOf('C')).toBe('chooseTool');
    expect(commandOf('c', { ctrlKey: true })).toBe('copySelected');
  });

  it('tells undo from redo, also on a Mac', () => {
    expect(commandOf('z', { ctrlKey: true })).toBe('undo');
    expect(commandOf('Z', { metaKey: true, shiftKey: true })).toBe('redo');
    expect(commandOf('y', { ctrlKey: true })).toBe('redo');
  });

  it('takes signs as they come, with or without Shift', () => {
    expect(commandOf('?', { shiftKey: true })).toBe('showHelp');
    expect(commandOf('+', { shiftKey: true })).toBe('zoomIn');
    expect(commandOf('=')).toBe('zoomIn');
  });

  it('points with arrows and Space, in bigger steps or on the background with Shift', () => {
    expect(commandOf('ArrowLeft')).toBe('moveCrosshair');
    expect(commandOf('ArrowLeft', { shiftKey: true })).toBe('leapCrosshair');
    const held = { ctrlKey: false, metaKey: false, altKey: false };
    expect(findBinding({ key: ' ', shiftKey: false, ...held })).toMatchObject({ command: 'pressCrosshair', value: 0 });
    expect(findBinding({ key: ' ', shiftKey: true, ...held })).toMatchObject({ command: 'pressCrosshair', value: 2 });
  });

  it('goes round the candidates both ways', () => {
    expect(findBinding({ key: 'Tab', ctrlKey: false, metaKey: false, shiftKey: true, altKey: false })?.value).toBe(-1);
    expect(commandOf('Tab')).toBe('nextCandidate');
    expect(commandOf('3')).toBe('chooseCategoryAt');
    expect(commandOf('ö')).toBeUndefined();
  });

  it('gives a chosen key to one action alone', () => {
    const map = withKeys({ 'stepImage:1': ['Z'], undo: ['U'] });
    /** @type {(key: string) => string | undefined} */
    const meaning = (key) => {
      const event = { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
      const binding = findBinding(event, map);
      return binding ? actionId(binding) : undefined;
    };
    expect(meaning('z')).toBe('stepImage:1');
    expect(meaning('d')).toBeUndefined();
    expect(meaning('u')).toBe('undo');
    expect(withKeys({}).every((binding, index) => binding === KEY_MAP[index])).toBe(true);
  });
});
