import { describe, expect, it } from 'vitest';
import * as actions from '../../../../static/js/state/actions/project_actions.js';
import { makeProject, storeWithImages } from '../../session_builders.js';

describe('project actions', () => {
  it('keep the list in the order of the ids', () => {
    const store = storeWithImages();
    store.apply(actions.setProjects([makeProject(1), makeProject(3)]));
    store.apply(actions.putProject(makeProject(2)));
    store.apply(actions.putProject(makeProject(3, { name: 'cats' })));
    expect(store.get().projects.map(({ name }) => name)).toEqual(['project 1', 'project 2', 'cats']);
    store.apply(actions.dropProject(2));
    expect(store.get().projects).toHaveLength(2);
  });

  it('leave images, classes and filters behind in another project, but no document', () => {
    const store = storeWithImages();
    store.apply(actions.changeGallery({ search: 'cat' }));
    const { documents } = store.get();
    store.apply(actions.enterProject(2));
    expect(store.get()).toMatchObject({ projectId: 2, images: [], categories: [], currentImageId: null });
    expect(store.get().gallery.search).toBe('');
    expect(store.get().documents).toBe(documents);
    const entered = store.get();
    store.apply(actions.enterProject(2));
    expect(store.get()).toBe(entered);
  });

  it('show a screen and close the dialog of the last one', () => {
    const store = storeWithImages();
    store.apply((state) => ({ ...state, dialog: 'help' }));
    store.apply(actions.showScreen('gallery'));
    expect(store.get()).toMatchObject({ screen: 'gallery', dialog: null });
  });

  it('say how far images are', () => {
    const store = storeWithImages();
    store.apply(actions.setImageState([2], 'skipped'));
    expect(store.get().images.map(({ state }) => state)).toEqual(['new', 'skipped', 'new']);
  });
});
