import { describe, expect, it } from 'vitest';
import * as categories from '../../../../static/js/state/actions/category_actions.js';
import { enterProject } from '../../../../static/js/state/actions/project_actions.js';
import { makeCategory, storeWithImages } from '../../session_builders.js';

describe('category actions', () => {
  it('choose the first class, and keep the chosen one while it exists', () => {
    const store = storeWithImages();
    expect(store.get().activeCategoryId).toBe(1);
    store.apply(categories.activateCategory(2));
    store.apply(categories.setCategories([makeCategory(1), makeCategory(2), makeCategory(3)]));
    expect(store.get().activeCategoryId).toBe(2);
    store.apply(categories.dropCategory(2));
    expect(store.get().activeCategoryId).toBe(1);
  });

  it('add a class or replace it', () => {
    const store = storeWithImages();
    store.apply(categories.putCategory(makeCategory(2, 'wolf')));
    store.apply(categories.putCategory(makeCategory(7, 'owl')));
    expect(store.get().categories.map(({ name }) => name)).toEqual(['cat', 'wolf', 'owl']);
  });

  it('ignore a class that is not there, and have none active when there are none', () => {
    const store = storeWithImages();
    const before = store.get();
    store.apply(categories.activateCategory(99));
    expect(store.get()).toBe(before);
    store.apply(categories.setCategories([]));
    expect(store.get().activeCategoryId).toBeNull();
  });

  it('choose in each project the class that was chosen there last, unless it is gone', () => {
    const store = storeWithImages();
    store.apply(categories.activateCategory(2));
    store.apply(enterProject(5));
    store.apply(categories.setCategories([makeCategory(7), makeCategory(8)]));
    expect(store.get().activeCategoryId).toBe(7);
    store.apply(categories.activateCategory(8));
    store.apply(enterProject(1));
    store.apply(categories.setCategories([makeCategory(1), makeCategory(2)]));
    expect(store.get().activeCategoryId).toBe(2);
    store.apply(enterProject(5));
    store.apply(categories.setCategories([makeCategory(7), makeCategory(9)]));
    expect(store.get().activeCategoryId).toBe(7);
  });
});
