import { expect, it } from 'vitest';
import { setOnline } from '../../../../static/js/state/actions/connection_actions.js';
import { addNotice } from '../../../../static/js/state/actions/view_actions.js';
import { storeWithImages } from '../../session_builders.js';

it('says whether the server answers, and changes nothing when that is known', () => {
  const store = storeWithImages();
  const before = store.get();
  store.apply(setOnline(true));
  expect(store.get()).toBe(before);
  store.apply(setOnline(false));
  expect(store.get().online).toBe(false);
});

it('takes back that the server does not answer, once it does', () => {
  const store = storeWithImages();
  store.apply(setOnline(false));
  store.apply(addNotice({ tone: 'error', message: 'the server does not answer', hint: '', whileOffline: true }));
  store.apply(addNotice({ tone: 'error', message: 'the disk is full', hint: '' }));
  store.apply(setOnline(true));
  expect(store.get().notices.map(({ message }) => message)).toEqual(['the disk is full']);
});
