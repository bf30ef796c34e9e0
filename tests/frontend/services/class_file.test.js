import { describe, expect, it, vi } from 'vitest';
import { createClassFile } from '../../../static/js/services/class_file.js';
import { activateCategory } from '../../../static/js/state/actions/category_actions.js';
import { clickAndAnswer, makeCategory, storeWithImages } from '../session_builders.js';

function makeFile() {
  const store = storeWithImages();
  let last = 10;
  const api = {
    create: vi.fn(async (/** @type {{name: string, color: string}} */ { name, color }) => {
      last += 1;
      return makeCategory(last, name, color);
    }),
    remove: vi.fn(async (/** @type {number} */ _id) => /** @type {null} */ (null)),
  };
  const ids = () => store.get().categories.map(({ id }) => id);
  const said = () => store.get().notices.at(-1);
  return { store, api, ids, said, file: createClassFile({ store, api }) };
}

describe('classes of a file', () => {
  it('are added in free colours, and can be taken back', async () => {
    const { ids, said, file } = makeFile();
    await file.add(new Blob(['owl\nbat']));
    expect(ids()).toEqual([1, 2, 11, 12]);
    expect(said()).toMatchObject({ message: '2 classes were added', action: { command: 'takeBackClassList' } });
    await file.takeBack();
    expect(ids()).toEqual([1, 2]);
    expect(said()?.message).toBe('2 classes were deleted');
  });

  it('stay when objects have them, also objects that the server does not know yet', async () => {
    const { store, api, ids, said, file } = makeFile();
    await file.add(new Blob(['owl\nbat\nfox\nelk']));
    const [owl, bat, fox, elk] = ids().slice(2);
    store.apply(activateCategory(owl));
    clickAndAnswer(store); // an unfinished object
    api.remove.mockImplementation(async (id) => {
      if (id === fox) throw Object.assign(new Error('in use'), { code: 'category_in_use' });
      return null;
    });
    await file.takeBack();
    expect(api.remove.mock.calls).toEqual([[bat], [fox], [elk]]);
    expect(ids()).toEqual([1, 2, owl, fox]);
    expect(said()?.message).toBe('2 classes were deleted; 2 stay, because they are used');
  });

  it('are taken back by the next call where the server was away', async () => {
    const { api, ids, file } = makeFile();
    await file.add(new Blob(['owl\nbat']));
    api.remove.mockResolvedValueOnce(null).mockRejectedValueOnce(new Error('away'));
    await expect(file.takeBack()).rejects.toThrow('away');
    expect(ids()).toEqual([1, 2, 12]);
    await file.takeBack();
    expect(ids()).toEqual([1, 2]);
  });

  it('are not offered to be taken back where there is no new one', async () => {
    const { store, said, file } = makeFile();
    await file.add(new Blob([store.get().categories[0].name]));
    expect(said()?.action).toBeUndefined();
  });
});
