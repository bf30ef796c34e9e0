/** How far images are: what is open, what comes next, what the gallery shows. */

/** @import {GallerySort, ImageRecord, ImageStateName, ProjectRecord, SessionState} from './state_types.js' */

import { currentIndex } from './selectors.js';
import { forMe, isMine, rejectedImages } from './team.js';

/** All states, in the order in which an image goes through them. */
export const IMAGE_STATES = /** @type {readonly ImageStateName[]} */ (
  Object.freeze(['new', 'in_work', 'done', 'reviewed', 'skipped'])
);

/** @type {readonly ImageStateName[]} */
const OPEN_STATES = ['new', 'in_work'];

/**
 * Name the state of an image. The first mask makes a new image one in work, here as on the server.
 *
 * @param {SessionState} session the session
 * @param {ImageRecord} image the image
 * @returns {ImageStateName} its state
 */
export function stateOfImage(session, image) {
  const hasObjects = (session.documents[image.id]?.content.objects.length ?? 0) > 0;
  return image.state === 'new' && hasObjects ? 'in_work' : image.state;
}

/**
 * Count the kept objects of an image.
 *
 * @param {SessionState} session the session
 * @param {ImageRecord} image the image
 * @returns {number} those that the page shows, else those that the server has
 */
export function objectCount(session, image) {
  const document = session.documents[image.id];
  return document && document.content.objects.length > 0 ? document.content.objects.length : image.annotation_count;
}

/**
 * Find the next image that is neither finished nor skipped, going round from the open one.
 *
 * @param {SessionState} session the session
 * @returns {ImageRecord | null} null when there is no other one
 */
export function nextOpenImage(session) {
  const { images } = session;
  const start = currentIndex(session);
  const round = [...images.slice(start + 1), ...images.slice(0, Math.max(0, start))];
  const open = round.filter((image) => OPEN_STATES.includes(stateOfImage(session, image)));
  return forMe(session, open)[0] ?? null;
}

/**
 * Find the image to begin with.
 *
 * @param {SessionState} session the session
 * @returns {ImageRecord | null} the first open one, else the first; null in an empty project
 */
export function firstImage(session) {
  const open = session.images.filter((image) => OPEN_STATES.includes(stateOfImage(session, image)));
  return forMe(session, open)[0] ?? session.images[0] ?? null;
}

/**
 * Count the images of the loaded project by state.
 *
 * @param {SessionState} session the session
 * @returns {Record<ImageStateName, number>} all states, with zeros
 */
export function imageCounts(session) {
  const counts = { new: 0, in_work: 0, done: 0, reviewed: 0, skipped: 0 };
  for (const image of session.images) counts[stateOfImage(session, image)] += 1;
  return counts;
}

/**
 * Find the project that is loaded.
 *
 * @param {SessionState} session the session
 * @returns {ProjectRecord | null} null before the list was read
 */
export function currentProject(session) {
  return session.projects.find((project) => project.id === session.projectId) ?? null;
}

/**
 * List the images that the gallery shows.
 *
 * @param {SessionState} session the session
 * @returns {readonly ImageRecord[]} filtered and in order
 */
export function galleryImages(session) {
  const { states, search, sort, mine, rejected } = session.gallery;
  const refused = rejected ? rejectedImages(session) : null;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = session.images.filter((image) => {
    const name = image.file_name.toLowerCase();
    if (!words.every((word) => name.includes(word))) return false;
    if ((mine && !isMine(session, image)) || refused?.has(image.id) === false) return false;
    return states.length === 0 || states.includes(stateOfImage(session, image));
  });
  return sort === 'added' ? shown : shown.sort(ORDERS[sort](session));
}

/** @type {Record<Exclude<GallerySort, 'added'>, (session: SessionState) => (a: ImageRecord, b: ImageRecord) => number>} */
const ORDERS = {
  name: () => (a, b) => a.file_name.localeCompare(b.file_name, undefined, { numeric: true }),
  objects: (session) => (a, b) => objectCount(session, b) - objectCount(session, a) || a.id - b.id,
  state: (session) => (a, b) => rank(session, a) - rank(session, b) || a.id - b.id,
};

/** @type {(session: SessionState, image: ImageRecord) => number} */
function rank(session, image) {
  return IMAGE_STATES.indexOf(stateOfImage(session, image));
}

/**
 * List the ids of the selected images that are still there.
 *
 * @param {SessionState} session the session
 * @returns {number[]} in the order of the list
 */
export function selectedImages({ images, gallery }) {
  return images.filter((image) => gallery.selected[image.id]).map((image) => image.id);
}
