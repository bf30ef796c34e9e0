/** Keeps the address of the page equal to the place that is shown, so that it can be kept, sent and gone back to. */

/** @import {SessionState, SessionStore} from './state/state_types.js' */
/** @import {Place} from './services/project_book.js' */

/** @type {Place} */
const START = { screen: 'work', projectId: null, imageId: null };

const LAST_PLACE = 'maskwright.place';

/**
 * Read an address.
 *
 * @param {string} hash the part from `#` on
 * @returns {Place | null} null when it names no place
 */
export function parseAddress(hash) {
  if (/^#\/projects\/?$/.test(hash)) return { screen: 'projects', projectId: null, imageId: null };
  const found = /^#\/projects\/(\d{1,15})(?:\/(images|statistics|learning)(?:\/(\d{1,15}))?)?\/?$/.exec(hash);
  if (!found) return null;
  const [, project, room, image] = found;
  if (room === 'images') return { screen: 'work', projectId: Number(project), imageId: image ? Number(image) : null };
  const screen = room === 'statistics' || room === 'learning' ? room : 'gallery';
  return { screen, projectId: Number(project), imageId: null };
}

/**
 * Write the address of what is shown.
 *
 * @param {Pick<SessionState, 'screen' | 'projectId' | 'currentImageId'>} state the session
 * @returns {string} the part from `#` on
 */
export function formatAddress({ screen, projectId, currentImageId }) {
  if (screen === 'projects' || projectId === null) return '#/projects';
  if (screen === 'gallery') return `#/projects/${projectId}`;
  if (screen === 'statistics' || screen === 'learning') return `#/projects/${projectId}/${screen}`;
  return `#/projects/${projectId}/images${currentImageId === null ? '' : `/${currentImageId}`}`;
}

/**
 * Say where the page should begin: at its address, else where this browser was last, else at the oldest project.
 *
 * @param {Storage} storage remembers where this browser was last
 * @returns {Place} the place
 */
export function startPlace(storage) {
  return parseAddress(window.location.hash) ?? parseAddress(storage.getItem(LAST_PLACE) ?? '') ?? START;
}

/**
 * Follow the session with the address, and the address with the session.
 *
 * @param {SessionStore} store the session
 * @param {Storage} storage remembers where this browser was last
 * @param {(place: Place) => void} goTo goes to another place
 */
export function followAddress(store, storage, goTo) {
  const write = (/** @type {SessionState} */ state, /** @type {boolean} */ isStep) => {
    const address = formatAddress(state);
    if (address === window.location.hash) return;
    if (isStep) window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
    storage.setItem(LAST_PLACE, address);
  };
  write(store.get(), false);
  store.subscribe((state, previous) => {
    // Another image of the same list is no step: going back leaves the workbench, not forty images.
    write(state, state.screen !== previous.screen || (previous.projectId ?? state.projectId) !== state.projectId);
  });
  window.addEventListener('popstate', () => {
    const place = parseAddress(window.location.hash);
    if (place) goTo(place);
  });
}
