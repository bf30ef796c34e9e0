import { describe, expect, it, vi } from 'vitest';
import { createProjectCommands } from '../../../static/js/services/project_commands.js';
import { changeGallery, setImageState } from '../../../static/js/state/actions/project_actions.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { storeWithImages } from '../session_builders.js';

function makeCommands() {
  const store = storeWithImages();
  const projects = { goTo: vi.fn(async () => {}) };
  const marking = {
    mark: vi.fn(async (/** @type {number[]} */ ids, /** @type {'done'} */ state) =>
      store.apply(setImageState(ids, state)),
    ),
  };
  const open = vi.fn((/** @type {number} */ id) => store.apply(openImage(id)));
  const removeImage = vi.fn(async () => {});
  const parts = /** @type {never} */ ({ store, projects, marking, open, removeImage });
  return { store, projects, marking, open, removeImage, commands: createProjectCommands(parts) };
}

describe('project commands', () => {
  it('mark the image done and go to the next open one, round the list, until nothing is left', () => {
    const { store, open, commands } = makeCommands();
    commands.doneAndNext();
    commands.doneAndNext();
    commands.doneAndNext();
    expect(open.mock.calls.flat()).toEqual([2, 3]);
    expect(store.get().images.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(store.get().notices[0].message).toBe('every image of this project is done or skipped');
    store.apply(openImage(null));
    expect(commands.doneAndNext()).toBe(false);
  });

  it('show other screens', () => {
    const { projects, commands } = makeCommands();
    commands.showGallery();
    commands.workOn(3);
    expect(projects.goTo.mock.calls.flat()).toEqual([
      { screen: 'gallery', projectId: null, imageId: null },
      { screen: 'work', projectId: null, imageId: 3 },
    ]);
  });

  it('remove what is selected', async () => {
    const { store, removeImage, commands } = makeCommands();
    store.apply(changeGallery({ selected: { 1: true, 2: true } }));
    await commands.removeImages([1, 2]);
    expect(removeImage.mock.calls.flat()).toEqual([1, 2]);
    expect(store.get().gallery.selected).toEqual({});
  });
});
