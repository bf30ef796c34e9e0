/** What the page knows about one object and about the server's copy of it. */

/** @import {ImageId, KeptObject} from '../state/state_types.js' */

/**
 * @typedef {object} SaveEntry
 * @property {string} key identity of the object; the server keeps it as the client key
 * @property {ImageId} imageId the image it lies on
 * @property {number | null} serverId null until the server answered
 * @property {number | null} revision the server's copy that the page has seen; null when it has seen none
 * @property {KeptObject | null} remote what the server shows; null when that is nothing or unknown
 * @property {KeptObject | null} lastRemote what the server had before the deletion, and gives back on restore
 * @property {boolean} deleted the page has deleted the server's copy
 * @property {KeptObject | null} desired what the page shows; null when it is deleted
 * @property {boolean} uncertain a request was sent and never answered, so the server may have the object already
 * @property {KeptObject | null | undefined} refused what the server refused; not sent again until it changes
 * @property {TheirVersion | null} theirs what somebody else saved in between; nothing is sent until one is chosen
 */

/**
 * @typedef {object} TheirVersion
 * @property {KeptObject | null} object null when it was deleted
 * @property {number | null} revision its revision; null when it was deleted
 */

/**
 * Make the entry of an object that the server knows nothing of.
 *
 * @param {ImageId} imageId the image
 * @param {string} key the object
 * @returns {SaveEntry} the entry
 */
export function unknownEntry(imageId, key) {
  return {
    key,
    imageId,
    serverId: null,
    revision: null,
    remote: null,
    lastRemote: null,
    deleted: false,
    desired: null,
    uncertain: false,
    refused: undefined,
    theirs: null,
  };
}

/**
 * Say whether the server shows something else than the page.
 *
 * @param {SaveEntry} entry what is known about the object
 * @returns {boolean} true when there is something to send or to decide
 */
export function isDirty(entry) {
  if (entry.theirs) return true;
  if (entry.desired !== entry.remote) return true;
  // A deletion that only an earlier page has asked for, or a creation whose answer never came.
  return entry.desired === null && !entry.deleted && (entry.serverId !== null || entry.uncertain);
}

/**
 * Say whether the server should hear of an object now.
 *
 * @param {SaveEntry} entry what is known about the object
 * @returns {boolean} false while it is refused or waits for the annotator's choice
 */
export function isSendable(entry) {
  return isDirty(entry) && !entry.theirs && entry.refused !== entry.desired;
}

/**
 * Go on from what somebody else saved, because the annotator has seen it and chosen.
 *
 * @param {SaveEntry} entry an entry with their version; changed in place
 * @returns {KeptObject | null} what the server has; null when it was deleted
 */
export function goOnFromTheirs(entry) {
  const { object, revision } = entry.theirs ?? { object: entry.remote, revision: entry.revision };
  Object.assign(entry, { remote: object, lastRemote: null, revision, deleted: object === null, theirs: null });
  entry.refused = undefined;
  return object;
}
