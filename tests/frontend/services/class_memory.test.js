import { expect, it } from 'vitest';
import { rememberClasses } from '../../../static/js/services/class_memory.js';
import { activateCategory, setCategories } from '../../../static/js/state/actions/category_actions.js';
import { enterProject } from '../../../static/js/state/actions/project_actions.js';
import { createSessionState } from '../../../static/js/state/session_state.js';
import { createSessionStore } from '../../../static/js/state/session_store.js';
import { makeCategory } from '../session_builders.js';

/** @param {string | null} text what is in it */
function storage(text) {
  const kept = { text };
  return {
    kept,
    getItem: () => kept.text,
    setItem: (/** @type {string} */ _key, /** @type {string} */ value) => void (kept.text = value),
  };
}

/** @param {ReturnType<typeof storage>} memory of the browser */
function openPage(memory) {
  const store = createSessionStore(createSessionState());
  rememberClasses(store, memory);
  store.apply(enterProject(1));
  store.apply(setCategories([makeCategory(1), makeCategory(2), makeCategory(3)]));
  return store;
}

it('brings the chosen class back on the next page', () => {
  const memory = storage(null);
  openPage(memory).apply(activateCategory(3));
  expect(openPage(memory).get().activeCategoryId).toBe(3);
});

it('chooses the first class where the remembered one is gone', () => {
  expect(openPage(storage('{"1": 99}')).get().activeCategoryId).toBe(1);
});

it('leaves alone what another tab has chosen in another project', () => {
  const memory = storage(null);
  const store = openPage(memory);
  memory.kept.text = '{"1": 1, "4": 40}';
  store.apply(activateCategory(2));
  expect(JSON.parse(memory.kept.text ?? '')).toEqual({ 1: 2, 4: 40 });
});

it.each(['{"1": "2"}', '[7]', 'null', '{broken'])('takes nothing from %s that cannot be used', (text) => {
  expect(openPage(storage(text)).get().activeCategoryId).toBe(1);
});
