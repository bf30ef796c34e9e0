import { expect, it } from 'vitest';
import { setOnline } from '../../../../static/js/state/actions/connection_actions.js';
import { storeWithImages } from '../../session_builders.js';

it('says whether the server answers, and changes nothing when that is known', () => {
  const store = storeWithImages();
  const before = store.get();
  store.apply(setOnline(true));
  expect(store.get()).toBe(before);
  store.apply(setOnline(false));
  expect(store.get().online).toBe(false);
});
