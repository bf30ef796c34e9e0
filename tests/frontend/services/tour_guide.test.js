import { describe, expect, it, vi } from 'vitest';
import { createTourGuide } from '../../../static/js/services/tour_guide.js';
import { addImages, openImage } from '../../../static/js/state/actions/image_actions.js';
import { hoverObject, showDialog } from '../../../static/js/state/actions/view_actions.js';
import { SAMPLE_NAME, tourStep } from '../../../static/js/state/tour.js';
import { hoverAt, makeImage, storeWithImages } from '../session_builders.js';

function makeGuide() {
  const store = storeWithImages();
  const parts = {
    store,
    fetchSample: vi.fn(async () => new Blob(['pixels'])),
    addFiles: vi.fn(async (/** @type {readonly File[]} */ files) => {
      const images = files.map(({ name }) => makeImage(9, { file_name: name }));
      store.apply(addImages(images));
      return images;
    }),
    loadObjects: vi.fn(async () => {}),
    workOn: vi.fn(async (/** @type {number} */ id) => {
      store.apply(openImage(id));
      store.apply((state) => ({ ...state, featuresReady: true, viewport: { scale: 1, offsetX: 0, offsetY: 0 } }));
    }),
    report: vi.fn(),
  };
  return { ...parts, guide: createTourGuide(parts) };
}

describe('tour guide', () => {
  it('brings the sample once, opens it and begins', async () => {
    const { store, guide, fetchSample, addFiles, loadObjects, workOn } = makeGuide();
    store.apply(showDialog('help'));
    await guide.commands.startTour();
    expect(fetchSample).toHaveBeenCalledExactlyOnceWith(`/static/sample/${SAMPLE_NAME}`);
    expect(loadObjects).toHaveBeenCalledWith(9);
    expect([store.get().dialog, tourStep(store.get())]).toEqual([null, 'hover']);
    guide.commands.endTour();
    await guide.commands.startTour();
    expect(addFiles).toHaveBeenCalledOnce();
    expect(workOn).toHaveBeenCalledTimes(2);
  });

  it('takes the sample under the name that the project has it by', async () => {
    const { store, guide, addFiles, workOn } = makeGuide();
    addFiles.mockImplementationOnce(async () => [makeImage(1, { file_name: 'mine.jpg' })]);
    await guide.commands.startTour();
    expect(workOn).toHaveBeenCalledWith(1);
    expect(tourStep(store.get())).toBe('hover');
  });

  it('goes on when a step was done, and when it is skipped', async () => {
    const { store, guide } = makeGuide();
    const stop = guide.start();
    await guide.commands.startTour();
    hoverAt(store, 20, 30);
    expect(tourStep(store.get())).toBe('click');
    guide.commands.nextTourStep();
    expect(tourStep(store.get())).toBe('background');
    stop();
  });

  it('goes on by one step, however many changes are announced at once', async () => {
    const { store, guide } = makeGuide();
    store.subscribe((state, previous) => {
      if (state.hover !== previous.hover) for (const name of ['a', 'b']) store.apply(hoverObject(name));
    });
    guide.start();
    await guide.commands.startTour();
    hoverAt(store, 20, 30);
    expect(tourStep(store.get())).toBe('click');
  });

  it('says why it does not begin', async () => {
    const { store, guide, fetchSample, addFiles, report } = makeGuide();
    fetchSample.mockRejectedValueOnce(new Error('no sample'));
    await guide.commands.startTour();
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: 'no sample' }), 'the tour did not start');
    addFiles.mockImplementationOnce(async () => []);
    await guide.commands.startTour();
    expect(store.get().tour).toBeNull();
  });
});
