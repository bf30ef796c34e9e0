/** The list of images and which one is open. */

/** @import {Action, EmbeddingState, ImageId, ImageRecord, UploadProgress} from '../state_types.js' */

/**
 * Show the list of images.
 *
 * @param {readonly ImageRecord[]} images in the order of the filmstrip
 * @returns {Action} an action on the list
 */
export function setImages(images) {
  return (state) => ({ ...state, images, imagesPhase: 'ready' });
}

/**
 * Say that the list of images could not be read.
 *
 * @returns {Action} an action on the list
 */
export function failImages() {
  return (state) => ({ ...state, imagesPhase: 'failed' });
}

/**
 * Add images at the end of the list, or replace the ones that are there already.
 *
 * @param {readonly ImageRecord[]} images new or changed images
 * @returns {Action} an action on the list
 */
export function addImages(images) {
  return (state) => {
    const changed = new Map(images.map((image) => [image.id, image]));
    const kept = state.images.map((image) => changed.get(image.id) ?? image);
    const known = new Set(state.images.map((image) => image.id));
    return { ...state, images: [...kept, ...[...changed.values()].filter((image) => !known.has(image.id))] };
  };
}

/**
 * Take an image out of the list.
 *
 * @param {ImageId} imageId the image
 * @returns {Action} an action on the list
 */
export function dropImage(imageId) {
  return (state) => ({ ...state, images: state.images.filter((image) => image.id !== imageId) });
}

/**
 * Open an image. Its document, with an unfinished object, is where it was left.
 *
 * @param {ImageId | null} imageId the image, null for none
 * @returns {Action} an action on the view
 */
export function openImage(imageId) {
  return (state) => {
    if (state.currentImageId === imageId) return state;
    return {
      ...state,
      currentImageId: imageId,
      featuresReady: false,
      pixelsReady: false,
      closeUp: null,
      viewport: null,
      cursor: null,
      crosshair: null,
      preview: null,
      hover: null,
      promptAnchor: null,
      hoveredKey: null,
      hoveredProposal: null,
      selectedKeys: [],
      lastDecodeMs: null,
    };
  };
}

/**
 * Say how far the embedding of an image has come.
 *
 * @param {ImageId} imageId the image
 * @param {EmbeddingState} embedding as the server tells it
 * @returns {Action} an action on the list
 */
export function setEmbeddingState(imageId, embedding) {
  return (state) => ({
    ...state,
    images: state.images.map((image) => (image.id === imageId ? { ...image, embedding } : image)),
  });
}

/**
 * Say that the decoder holds the features of an image.
 *
 * @param {ImageId} imageId the image
 * @returns {Action} does nothing when another image was opened meanwhile
 */
export function markFeaturesReady(imageId) {
  return (state) => (state.currentImageId === imageId ? { ...state, featuresReady: true } : state);
}

/**
 * Say that the decoder lost its features, because its worker ended.
 *
 * @returns {Action} prompts wait until the features are there again
 */
export function dropFeatures() {
  return (state) => (state.featuresReady ? { ...state, featuresReady: false } : state);
}

/**
 * Say that the pixels of an image are on the canvas.
 *
 * @param {ImageId} imageId the image
 * @returns {Action} does nothing when another image was opened meanwhile
 */
export function markPixelsReady(imageId) {
  return (state) => (state.currentImageId === imageId ? { ...state, pixelsReady: true } : state);
}

/**
 * Show how many of the dropped photographs have arrived.
 *
 * @param {UploadProgress | null} upload null when all are done
 * @returns {Action} an action on the view
 */
export function setUpload(upload) {
  return (state) => ({ ...state, upload });
}
