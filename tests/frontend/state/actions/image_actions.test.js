import { describe, expect, it } from 'vitest';
import * as images from '../../../../static/js/state/actions/image_actions.js';
import { setCursor, setViewport } from '../../../../static/js/state/actions/view_actions.js';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { makeEmbedding, makeImage, storeWithImages } from '../../session_builders.js';

describe('image actions', () => {
  it('add new images at the end and replace known ones', () => {
    const store = storeWithImages();
    store.apply(images.addImages([makeImage(2, { file_name: 'renamed.jpg' }), makeImage(9)]));
    expect(store.get().images.map(({ file_name: name }) => name)).toEqual([
      'photo_1.jpg',
      'renamed.jpg',
      'photo_3.jpg',
      'photo_9.jpg',
    ]);
  });

  it('forget what belongs to the view of the earlier image', () => {
    const store = storeWithImages();
    store.apply(setViewport({ scale: 2, offsetX: 0, offsetY: 0 }));
    store.apply(setCursor(imagePoint(1, 1)));
    store.apply(images.markFeaturesReady(1));
    store.apply(images.markPixelsReady(1));
    store.apply(images.openImage(2));
    expect(store.get()).toMatchObject({ viewport: null, cursor: null, featuresReady: false, pixelsReady: false });
  });

  it('ignore what arrives for an image that is no longer open', () => {
    const store = storeWithImages();
    store.apply(images.markFeaturesReady(2));
    store.apply(images.markPixelsReady(2));
    expect(store.get()).toMatchObject({ featuresReady: false, pixelsReady: false });
  });

  it('note the state of an embedding', () => {
    const store = storeWithImages();
    store.apply(images.setEmbeddingState(2, makeEmbedding({ state: 'encoding', eta_s: 3 })));
    expect(store.get().images[1].embedding).toMatchObject({ state: 'encoding', eta_s: 3 });
  });

  it('lose the features when the decoder ends', () => {
    const store = storeWithImages();
    store.apply(images.markFeaturesReady(1));
    store.apply(images.dropFeatures());
    expect(store.get().featuresReady).toBe(false);
  });

  it('drop an image, fail the list, show an upload', () => {
    const store = storeWithImages();
    store.apply(images.dropImage(3));
    store.apply(images.failImages());
    store.apply(images.setUpload({ done: 1, total: 4 }));
    expect(store.get()).toMatchObject({ imagesPhase: 'failed', upload: { done: 1, total: 4 } });
    expect(store.get().images).toHaveLength(2);
  });
});
