/** Keeps what a person has chosen for this browser, and makes the page look and speak like it. */

/** @import {SessionStore, Settings} from './state/state_types.js' */

import { changeSettings } from './state/actions/view_actions.js';
import { rememberClasses } from './services/class_memory.js';
import { rememberHover } from './services/hover_preview.js';
import { rememberLooks } from './services/look_commands.js';
import { rememberReadings } from './services/reading_commands.js';
import { PANEL_WIDTHS } from './state/session_state.js';
import { LANGUAGES, language } from './texts/texts.js';

const STORED = 'maskwright.settings';

/**
 * Read the settings of an earlier visit and follow them from now on.
 *
 * @param {SessionStore} store the session
 * @param {Storage} storage remembers them
 */
export function followSettings(store, storage) {
  const light = window.matchMedia('(prefers-color-scheme: light)');
  const show = () => {
    const { theme, language: code } = store.get().settings;
    const isLight = theme === 'light' || (theme === 'system' && light.matches);
    document.documentElement.dataset.theme = isLight ? 'light' : 'dark';
    document.documentElement.lang = code;
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', isLight ? '#fbfbfc' : '#1f2125');
    language.value = code;
  };
  store.apply(changeSettings(readSettings(storage.getItem(STORED))));
  show();
  light.addEventListener('change', show);
  store.subscribe((state, previous) => {
    if (state.settings === previous.settings) return;
    storage.setItem(STORED, JSON.stringify(state.settings));
    show();
  });
}

/**
 * Keep what is chosen while working: previews, readings, looks, classes.
 *
 * @param {SessionStore} store the session
 * @param {Storage} storage remembers them
 */
export function rememberChoices(store, storage) {
  for (const remember of [rememberHover, rememberReadings, rememberLooks, rememberClasses]) remember(store, storage);
}

/**
 * Read what an earlier visit has written, whatever it holds.
 *
 * @param {string | null} text what was stored
 * @returns {Partial<Settings>} the parts that can be used
 */
export function readSettings(text) {
  /** @type {Record<string, unknown>} */
  let found;
  try {
    found = Object(JSON.parse(text ?? '{}'));
  } catch {
    // Not ours, or cut off: the page begins as on the first visit and writes it anew.
    return {};
  }
  const { theme, language: code, keys, panelWidth, panelsOpen } = found;
  /** @type {Record<string, unknown>} */
  const settings = {};
  if (theme === 'dark' || theme === 'light' || theme === 'system') settings.theme = theme;
  if (typeof code === 'string' && code in LANGUAGES) settings.language = code;
  if (typeof panelWidth === 'number') settings.panelWidth = clampWidth(panelWidth);
  if (typeof panelsOpen === 'boolean') settings.panelsOpen = panelsOpen;
  if (keys && typeof keys === 'object') {
    const lists = Object.entries(keys).filter(
      ([, list]) => Array.isArray(list) && list.every((key) => typeof key === 'string'),
    );
    settings.keys = Object.fromEntries(lists);
  }
  return /** @type {Partial<Settings>} */ (settings);
}

/** @type {(width: number) => number} */
const clampWidth = (width) => Math.min(PANEL_WIDTHS.most, Math.max(PANEL_WIDTHS.least, Math.round(width)));
