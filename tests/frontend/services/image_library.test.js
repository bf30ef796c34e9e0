import { describe, expect, it, vi } from 'vitest';
import { ImageLibrary } from '../../../static/js/services/image_library.js';
import { enterProject } from '../../../static/js/state/actions/project_actions.js';
import { createSessionState } from '../../../static/js/state/session_state.js';
import { createSessionStore } from '../../../static/js/state/session_store.js';
import { clickAndAnswer, makeImage, storeWithImages } from '../session_builders.js';

function emptyStore() {
  const store = createSessionStore(createSessionState());
  store.apply(enterProject(1));
  return store;
}

function makeLibrary(store = emptyStore()) {
  const api = {
    list: vi.fn(async () => [makeImage(1), makeImage(2)]),
    upload: vi.fn(async (/** @type {File} */ file) => makeImage(file.size, { file_name: file.name })),
    get: vi.fn(),
    setState: vi.fn(),
    addFolder: vi.fn(),
    remove: vi.fn(async () => null),
    pixels: vi.fn(),
  };
  const report = vi.fn();
  const onOpen = vi.fn();
  return { store, api, report, onOpen, library: new ImageLibrary({ store, api, report, onOpen }) };
}

/** @type {(name: string, size: number) => File} */
const photo = (name, size) => new File(['x'.repeat(size)], name);

describe('image library', () => {
  it('reads the list and leaves it to the address which image is opened', async () => {
    const { store, onOpen, library } = makeLibrary();
    await library.read();
    expect(store.get()).toMatchObject({ imagesPhase: 'ready', currentImageId: null });
    expect(onOpen).not.toHaveBeenCalled();
  });

  it('says so when the list cannot be read', async () => {
    const { store, api, report, library } = makeLibrary();
    api.list.mockRejectedValueOnce(new Error('down'));
    await library.read();
    expect(store.get().imagesPhase).toBe('failed');
    expect(report).toHaveBeenCalledOnce();
  });

  it('adds photographs one by one, opens the first, and goes on after a bad one', async () => {
    const { store, api, report, library } = makeLibrary();
    api.upload.mockRejectedValueOnce(new Error('not an image'));
    const added = await library.addFiles([photo('bad.txt', 1), photo('a.jpg', 5), photo('b.jpg', 6)]);
    expect(added.map(({ id }) => id)).toEqual([5, 6]);
    expect(store.get().images.map(({ id }) => id)).toEqual([5, 6]);
    expect(store.get()).toMatchObject({ currentImageId: 5, upload: null });
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'could not add bad.txt');
  });

  it('says so when a photograph is there already', async () => {
    const { store, library } = makeLibrary(storeWithImages());
    const [known] = await library.addFiles([photo('copy.jpg', 2)]);
    expect(known.id).toBe(2);
    expect(store.get().images).toHaveLength(3);
    expect(store.get().notices[0].message).toBe('the photograph copy.jpg is in the list already');
  });

  it('adds a folder and names what was left out', async () => {
    const { store, api, library } = makeLibrary();
    const skipped = [1, 2, 3, 4].map((n) => ({ file_name: `${n}.txt`, code: 'not_an_image', message: 'no image' }));
    api.addFolder.mockResolvedValueOnce({ images: [makeImage(3)], skipped });
    expect(await library.addFolder('/photos')).toBe(true);
    expect(store.get().notices[0]).toMatchObject({ message: '4 files were left out' });
    expect(store.get().notices[0].hint).toContain('and 1 more');
    api.addFolder.mockRejectedValueOnce(new Error('no such folder'));
    expect(await library.addFolder('/nothing')).toBe(false);
  });

  it('steps through the list and stops at its ends', () => {
    const { store, onOpen, library } = makeLibrary(storeWithImages());
    library.step(-1);
    expect(onOpen).not.toHaveBeenCalled();
    library.step(1);
    expect(store.get().currentImageId).toBe(2);
    library.open(3);
    expect(store.get().currentImageId).toBe(3);
  });

  it('says that an unfinished object stays on its image', () => {
    const { store, library } = makeLibrary(storeWithImages());
    clickAndAnswer(store);
    library.step(1);
    expect(store.get().notices[0].message).toBe('the unfinished object on photo_1.jpg is kept there');
  });

  it('removes the open image and shows the next, or none', async () => {
    const { store, api, report, library } = makeLibrary(storeWithImages());
    await library.remove(1);
    expect(store.get().currentImageId).toBe(2);
    await library.remove(3);
    await library.remove(2);
    expect(store.get()).toMatchObject({ currentImageId: null, images: [] });
    api.remove.mockRejectedValueOnce(new Error('down'));
    await library.remove(9);
    expect(report).toHaveBeenCalledOnce();
  });
});
