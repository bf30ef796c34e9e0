import { describe, expect, it, vi } from 'vitest';
import { ProjectBook } from '../../../static/js/services/project_book.js';
import { setImages } from '../../../static/js/state/actions/image_actions.js';
import { setProjects } from '../../../static/js/state/actions/project_actions.js';
import { createSessionState } from '../../../static/js/state/session_state.js';
import { createSessionStore } from '../../../static/js/state/session_store.js';
import { makeImage, makeProject } from '../session_builders.js';

function makeBook() {
  const store = createSessionStore(createSessionState());
  store.apply(setProjects([makeProject(1), makeProject(2)]));
  const api = {
    list: vi.fn(async () => store.get().projects.map((project) => ({ ...project }))),
    get: vi.fn(),
    create: vi.fn(async (/** @type {string} */ name) => makeProject(3, { name })),
    setOverlap: vi.fn(async (/** @type {number} */ id, /** @type {'exclusive'} */ overlap) =>
      makeProject(id, { overlap }),
    ),
    rename: vi.fn(async (/** @type {number} */ id, /** @type {string} */ name) => makeProject(id, { name })),
    remove: vi.fn(async () => null),
    restore: vi.fn(async (/** @type {number} */ id) => makeProject(id)),
    addSaved: vi.fn(async () => makeProject(4, { name: 'saved' })),
    statistics: vi.fn(async () => ({ total: 1 })),
  };
  const images = { get: vi.fn(async (/** @type {number} */ id) => makeImage(id, { project_id: 2 })) };
  const categories = { read: vi.fn(async () => {}) };
  const library = {
    read: vi.fn(async () => store.apply(setImages([makeImage(7, { state: 'done' }), makeImage(8)]))),
    open: vi.fn(),
  };
  const report = vi.fn();
  const parts = /** @type {never} */ ({ store, api, images, categories, library, report });
  return { store, api, images, categories, library, report, book: new ProjectBook(parts) };
}

describe('project book', () => {
  it('enters a project with its classes and images, once', async () => {
    const { store, categories, library, book } = makeBook();
    await book.goTo({ screen: 'gallery', projectId: 2, imageId: null });
    expect(store.get()).toMatchObject({ screen: 'gallery', projectId: 2, imagesPhase: 'ready' });
    await book.goTo({ screen: 'work', projectId: null, imageId: null });
    expect(categories.read).toHaveBeenCalledOnce();
    expect(library.read).toHaveBeenCalledOnce();
    expect(library.open).toHaveBeenCalledExactlyOnceWith(8);
  });

  it('begins with the oldest project, and says so when there is none to be had', async () => {
    const { store, book } = makeBook();
    await book.goTo({ screen: 'work', projectId: null, imageId: null });
    expect(store.get().projectId).toBe(1);
    const other = makeBook();
    other.store.apply(setProjects([]));
    await other.book.goTo({ screen: 'work', projectId: null, imageId: null });
    expect(other.store.get().imagesPhase).toBe('failed');
  });

  it('finds the project of an image', async () => {
    const { store, images, library, book } = makeBook();
    await book.goToImage(8);
    expect(images.get).toHaveBeenCalledExactlyOnceWith(8);
    expect(store.get()).toMatchObject({ screen: 'work', projectId: 2 });
    expect(library.open).toHaveBeenCalledWith(8);
  });

  it('makes a project and enters it; a refused name leaves everything as it is', async () => {
    const { store, api, report, book } = makeBook();
    expect(await book.create('cats')).toBe(true);
    expect(store.get()).toMatchObject({ screen: 'gallery', projectId: 3 });
    api.create.mockRejectedValueOnce(new Error('name must have at most 200 characters, got 1000'));
    expect(await book.create('x'.repeat(1000))).toBe(false);
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'the project was not made');
    expect(await book.setOverlap(1, 'exclusive')).toBe(true);
    expect(store.get().projects[0].overlap).toBe('exclusive');
    expect(await book.rename(1, 'dogs')).toBe(true);
    expect(store.get().projects[0].name).toBe('dogs');
  });

  it('adds the project of a file, and says so; a file that is refused changes nothing', async () => {
    const { store, api, report, book } = makeBook();
    await book.read();
    await book.addSaved(new File(['x'], 'cats.zip'));
    expect(store.get().projects.map(({ id }) => id)).toContain(4);
    expect(store.get().notices.at(-1)?.message).toBe('the project saved was restored');
    api.addSaved.mockRejectedValueOnce(new Error('damaged'));
    await book.addSaved(new File(['x'], 'cats.zip'));
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'the project was not restored');
  });

  it('deletes a project with a notice that brings it back', async () => {
    const { store, book } = makeBook();
    await book.goTo({ screen: 'projects', projectId: 1, imageId: null });
    await book.remove(1);
    expect(store.get().projects.map(({ id }) => id)).toEqual([2]);
    expect(store.get().projectId).toBe(2);
    expect(store.get().notices[0].action).toEqual({ label: 'Restore', command: 'restoreProject', value: 1 });
    await book.restore(1);
    expect(store.get().projects.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('gives no statistics when they cannot be read', async () => {
    const { api, report, book } = makeBook();
    expect(await book.statistics(1)).toEqual({ total: 1 });
    api.statistics.mockRejectedValueOnce(new Error('down'));
    expect(await book.statistics(1)).toBeNull();
    expect(report).toHaveBeenCalledOnce();
  });
});
