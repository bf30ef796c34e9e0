import { describe, expect, it } from 'vitest';
import { addImages, openImage, setImages } from '../../../static/js/state/actions/image_actions.js';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { changeGallery, setImageState } from '../../../static/js/state/actions/project_actions.js';
import { putReview, setAssignments, setSession } from '../../../static/js/state/actions/team_actions.js';
import * as states from '../../../static/js/state/image_states.js';
import { makeImage, makeObject, makeReview, makeSession, storeWithImages } from '../session_builders.js';

describe('image states', () => {
  it('make a new image one in work with its first object', () => {
    const store = storeWithImages();
    expect(states.stateOfImage(store.get(), store.get().images[0])).toBe('new');
    store.apply(loadObjects(1, [makeObject('a')]));
    expect(states.stateOfImage(store.get(), store.get().images[0])).toBe('in_work');
    expect(states.imageCounts(store.get())).toEqual({ new: 2, in_work: 1, done: 0, reviewed: 0, skipped: 0 });
    expect(states.objectCount(store.get(), store.get().images[0])).toBe(1);
  });

  it('find the next open image, round the list', () => {
    const store = storeWithImages();
    store.apply(openImage(3));
    expect(states.nextOpenImage(store.get())?.id).toBe(1);
    store.apply(setImageState([1], 'done'));
    expect(states.nextOpenImage(store.get())?.id).toBe(2);
    store.apply(setImageState([2], 'skipped'));
    expect(states.nextOpenImage(store.get())).toBeNull();
    expect(states.firstImage(store.get())?.id).toBe(3);
    store.apply(setImages([]));
    expect(states.firstImage(store.get())).toBeNull();
  });

  it('find the next open image from the gallery, where none is open', () => {
    const store = storeWithImages();
    store.apply(openImage(null));
    expect(states.nextOpenImage(store.get())?.id).toBe(1);
  });

  it('filter, search and sort', () => {
    const store = storeWithImages();
    store.apply(addImages([makeImage(10, { file_name: 'cat 10.jpg', state: 'done', annotation_count: 5 })]));
    store.apply(addImages([makeImage(11, { file_name: 'Cat 2.jpg', annotation_count: 9 })]));
    const shown = () => states.galleryImages(store.get()).map(({ id }) => id);
    expect(shown()).toEqual([1, 2, 3, 10, 11]);
    store.apply(changeGallery({ search: ' CAT jpg' }));
    expect(shown()).toEqual([10, 11]);
    store.apply(changeGallery({ sort: 'name' }));
    expect(shown()).toEqual([11, 10]);
    store.apply(changeGallery({ search: '', sort: 'objects' }));
    expect(shown()).toEqual([11, 10, 1, 2, 3]);
    store.apply(changeGallery({ sort: 'state', states: ['done'] }));
    expect(shown()).toEqual([10]);
    store.apply(changeGallery({ selected: { 10: true, 99: true } }));
    expect(states.selectedImages(store.get())).toEqual([10]);
    expect(states.currentProject(store.get())?.id).toBe(1);
  });

  it('go on with what is mine, else with what is nobody\u2019s, and show what was rejected', () => {
    const store = storeWithImages();
    const ids = () => states.galleryImages(store.get()).map(({ id }) => id);
    store.apply(setSession(makeSession('annotator')));
    store.apply(openImage(null));
    store.apply(setAssignments([{ image_id: 1, user_id: 2 }]));
    expect(states.firstImage(store.get())?.id).toBe(2);
    store.apply(setAssignments([{ image_id: 3, user_id: 1 }]));
    expect(states.nextOpenImage(store.get())?.id).toBe(3);
    store.apply(changeGallery({ mine: true }));
    expect(ids()).toEqual([3]);
    store.apply(putReview(makeReview({ image_id: 2 })));
    store.apply(changeGallery({ mine: false, rejected: true }));
    expect(ids()).toEqual([2]);
  });
});
