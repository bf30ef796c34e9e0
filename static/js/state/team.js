/** Who works here, and what they may do. */

/** @import {PermissionName, Review, ReviewTarget, Team, User} from '../team_types.js' */
/** @import {ImageRecord, SessionState} from './state_types.js' */

/** @type {Team} what holds until the server has answered: the page never flashes what is then taken away */
export const NOBODY = Object.freeze({
  user: null,
  permissions: Object.freeze(/** @type {PermissionName[]} */ (['read', 'annotate', 'review', 'organise'])),
  users: Object.freeze([]),
  reviews: Object.freeze({}),
  assignments: Object.freeze({}),
  others: Object.freeze([]),
  leftWork: Object.freeze([]),
  rejecting: null,
});

/**
 * Say whether the person at this page may do something.
 *
 * @param {Pick<SessionState, 'team'>} state the session
 * @param {PermissionName} permission what shall be done
 * @returns {boolean} what the server will say too
 */
export function may({ team }, permission) {
  return team.permissions.includes(permission);
}

/**
 * Name what a verdict is about.
 *
 * @param {ReviewTarget} target an image or an object
 * @returns {string} its place in the reviews of the team
 */
export function reviewKey({ imageId, objectKey }) {
  return objectKey === null ? String(imageId) : `${imageId} ${objectKey}`;
}

/**
 * Find what a kept verdict is about.
 *
 * @param {Review} review as the server tells it
 * @returns {ReviewTarget} the image, or the object by the key that it has on every page
 */
export function targetOf({ image_id: imageId, annotation_id: id, client_key: key }) {
  return { imageId, objectKey: id === null ? null : (key ?? `a${id}`) };
}

/**
 * Find the verdict about something.
 *
 * @param {Pick<SessionState, 'team'>} state the session
 * @param {ReviewTarget} target an image or an object
 * @returns {Review | null} null when nobody said anything that counts
 */
export function reviewOf({ team }, target) {
  return team.reviews[reviewKey(target)] ?? null;
}

/**
 * Find the images where something was rejected and not changed since.
 *
 * @param {Pick<SessionState, 'team'>} state the session
 * @returns {Set<number>} their ids
 */
export function rejectedImages({ team }) {
  const open = Object.values(team.reviews).filter((review) => review.verdict === 'rejected' && !review.is_outdated);
  return new Set(open.map((review) => review.image_id));
}

/**
 * Find who shall work on an image.
 *
 * @param {Pick<SessionState, 'team'>} state the session
 * @param {Pick<ImageRecord, 'id'>} image the image
 * @returns {User | null} null for nobody
 */
export function assigneeOf({ team }, { id }) {
  return team.users.find((user) => user.id === team.assignments[id]) ?? null;
}

/**
 * Say whether the person at this page shall work on an image.
 *
 * @param {Pick<SessionState, 'team'>} state the session
 * @param {Pick<ImageRecord, 'id'>} image the image
 * @returns {boolean} false without accounts
 */
export function isMine({ team }, { id }) {
  return team.user !== null && team.assignments[id] === team.user.id;
}

/**
 * Choose what the person at this page should work on: what is theirs, else what is nobody's.
 *
 * @param {Pick<SessionState, 'team'>} state the session
 * @param {readonly ImageRecord[]} images in their order
 * @returns {readonly ImageRecord[]} some of them; all without accounts
 */
export function forMe(state, images) {
  const mine = images.filter((image) => isMine(state, image));
  if (mine.length > 0 || state.team.user === null) return mine.length > 0 ? mine : images;
  return images.filter((image) => state.team.assignments[image.id] === undefined);
}
