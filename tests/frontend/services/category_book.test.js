import { describe, expect, it, vi } from 'vitest';
import { createCategoryBook } from '../../../static/js/services/category_book.js';
import { openDraft } from '../../../static/js/state/selectors.js';
import { clickAndAnswer, makeCategory, storeWithImages } from '../session_builders.js';

function makeBook() {
  const store = storeWithImages();
  const api = {
    list: vi.fn(async () => [makeCategory(1), makeCategory(4)]),
    create: vi.fn(async (/** @type {{name: string, color: string}} */ { name, color }) => makeCategory(9, name, color)),
    update: vi.fn(async () => makeCategory(1, 'lion')),
    remove: vi.fn(async (/** @type {number} */ _id) => /** @type {null} */ (null)),
  };
  const report = vi.fn();
  return { store, api, report, book: createCategoryBook({ store, api, report }) };
}

describe('category book', () => {
  it('reads the classes', async () => {
    const { store, book } = makeBook();
    await book.read();
    expect(store.get().categories.map(({ id }) => id)).toEqual([1, 4]);
  });

  it('gives the chosen class to the open object and to the next ones', () => {
    const { store, book } = makeBook();
    clickAndAnswer(store);
    book.choose(2);
    expect(store.get().activeCategoryId).toBe(2);
    expect(openDraft(store.get())?.categoryId).toBe(2);
  });

  it('adds a class in a free colour and chooses it', async () => {
    const { store, api, book } = makeBook();
    expect(await book.create('owl')).toBe(true);
    expect(api.create.mock.calls[0][0].color).toBe('#009e73');
    expect(store.get().activeCategoryId).toBe(9);
  });

  it('adds the classes of a file that are not there yet, with the colours that they bring', async () => {
    const { store, api, report, book } = makeBook();
    const known = store.get().categories[0].name;
    const before = store.get().activeCategoryId;
    const list = [known, { name: 'owl', color: '#010203' }, { name: 'bat' }];
    expect(await book.addFromFile(new Blob([JSON.stringify(list)]))).toBe(true);
    expect(api.create.mock.calls.map(([{ name, color }]) => [name, color])).toEqual([
      ['owl', '#010203'],
      ['bat', '#009e73'],
    ]);
    expect(store.get().activeCategoryId).toBe(before);
    expect(store.get().notices.at(-1)?.message).toBe('2 classes were added; 1 was there already');
    expect(report).not.toHaveBeenCalled();
  });

  it('takes the classes of the last file back, and says why where that fails', async () => {
    const { store, api, report, book } = makeBook();
    await book.addFromFile(new Blob(['owl']));
    api.remove.mockRejectedValueOnce(new Error('away'));
    await book.takeBackFile();
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'the classes of the file were not all deleted');
    await book.takeBackFile();
    expect(store.get().categories.map((one) => one.id)).toEqual([1, 2]);
  });

  it('adds nothing of a file that is no list of classes', async () => {
    const { api, report, book } = makeBook();
    expect(await book.addFromFile(new File(['{"a": 1}'], 'odd.json'))).toBe(false);
    expect(api.create).not.toHaveBeenCalled();
    expect(report).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: expect.stringContaining('must list names'), hint: 'a COCO file has it' }),
      'the classes of odd.json were not all added',
    );
  });

  it('changes and deletes', async () => {
    const { store, book } = makeBook();
    await book.update(1, { name: 'lion' });
    expect(store.get().categories[0].name).toBe('lion');
    await book.remove(1);
    expect(store.get().categories.map(({ id }) => id)).toEqual([2]);
  });

  it('leaves the classes alone when the server refuses', async () => {
    const { store, api, report, book } = makeBook();
    const before = store.get();
    for (const call of [api.list, api.create, api.update, api.remove]) call.mockRejectedValueOnce(new Error('in use'));
    await book.read();
    expect(await book.create('owl')).toBe(false);
    expect(await book.update(1, { name: 'x' })).toBe(false);
    await book.remove(1);
    expect(store.get()).toBe(before);
    expect(report).toHaveBeenCalledTimes(4);
  });
});
