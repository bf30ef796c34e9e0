// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { followSettings, readSettings, rememberChoices } from '../../static/js/page_settings.js';
import { activateCategory } from '../../static/js/state/actions/category_actions.js';
import { changeLook } from '../../static/js/state/actions/look_actions.js';
import { changeSettings } from '../../static/js/state/actions/view_actions.js';
import { lookOf } from '../../static/js/state/looks.js';
import { text } from '../../static/js/texts/texts.js';
import { storeWithImages } from './session_builders.js';

beforeEach(() => localStorage.clear());

describe('page settings', () => {
  it('show and remember what was chosen', () => {
    const store = storeWithImages();
    followSettings(store, localStorage);
    expect(document.documentElement.dataset.theme).toBe('dark');
    store.apply(changeSettings({ theme: 'light', language: 'de', panelWidth: 300 }));
    expect(document.documentElement.dataset.theme).toBe('light');
    expect(document.documentElement.lang).toBe('de');
    expect(text('Done')).toBe('Fertig');
    const next = storeWithImages();
    followSettings(next, localStorage);
    expect(next.get().settings).toMatchObject({ theme: 'light', language: 'de', panelWidth: 300 });
    next.apply(changeSettings({ language: 'en' }));
  });

  it.each([null, 'no JSON', '[]', '7', '{"theme":"pink","language":"xx","keys":[1],"panelWidth":"wide"}'])(
    'take nothing from %s that cannot be used',
    (stored) => {
      const { theme, language, panelWidth } = readSettings(stored);
      expect([theme, language, panelWidth]).toEqual([undefined, undefined, undefined]);
    },
  );

  it('keep the panels within their bounds', () => {
    expect(readSettings('{"panelWidth":5}').panelWidth).toBe(208);
    expect(readSettings('{"panelWidth":5000,"keys":{"undo":["U"],"redo":"x"}}')).toEqual({
      panelWidth: 520,
      keys: { undo: ['U'] },
    });
  });

  it('remember what was chosen while working', () => {
    const store = storeWithImages();
    rememberChoices(store, localStorage);
    store.apply(activateCategory(2));
    store.apply(changeLook({ gamma: 2 }));
    const next = storeWithImages();
    rememberChoices(next, localStorage);
    expect(next.get().chosenClasses).toEqual({ 1: 2 });
    expect(lookOf(next.get()).gamma).toBe(2);
  });
});
