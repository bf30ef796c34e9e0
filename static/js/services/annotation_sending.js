/** The one request, or two, that bring the server from what it has to what the page shows. */

/** @import {AnnotationJson} from '../types.js' */
/** @import {KeptObject} from '../state/state_types.js' */
/** @import {AnnotationsApi} from '../api/annotations_api.js' */
/** @import {SaveEntry} from './save_entry.js' */

import { ApiError } from '../api/api_error.js';
import { formatAnnotation, formatChange, isSameAnnotation, parseAnnotation } from './object_json.js';

/**
 * Send an object and note in the entry what the server has now. Where somebody else has saved in between, nothing is
 * changed on the server and the entry gets their version.
 *
 * @param {SaveEntry} entry what is known about the object; changed in place
 * @param {KeptObject | null} desired how the server should keep it; null deletes it
 * @param {AnnotationsApi} api the server
 * @returns {Promise<void>} rejects as the API does, with the entry still saying what is certain
 */
export async function sendToServer(entry, desired, api) {
  try {
    if (desired === null) await remove(entry, api);
    else if (entry.serverId === null) await create(entry, desired, api);
    else await change(entry, entry.serverId, desired, api);
  } catch (problem) {
    const theirs = theirVersion(problem);
    if (theirs === undefined || (theirs === null && entry.deleted)) throw problem;
    if (problem instanceof ApiError) entry.serverId ??= problem.current?.id ?? null;
    noteTheirs(entry, desired, theirs);
  }
}

/** @type {(entry: SaveEntry, api: AnnotationsApi) => Promise<void>} */
async function remove(entry, api) {
  if (entry.serverId === null && entry.uncertain) await findEarlier(entry, api);
  if (entry.serverId !== null) {
    const found = await api.remove(entry.serverId, entry.revision).then(() => true, isGone);
    entry.revision = found && entry.revision !== null ? entry.revision + 1 : null;
    entry.deleted = true;
  }
  entry.lastRemote = entry.remote ?? entry.lastRemote;
  entry.remote = null;
  entry.uncertain = false;
}

/** @type {(entry: SaveEntry, desired: KeptObject, api: AnnotationsApi) => Promise<void>} */
async function create(entry, desired, api) {
  const isFirstTry = !entry.uncertain;
  entry.uncertain = true;
  const annotation = { ...formatAnnotation(desired), client_key: entry.key };
  const created = await api.create(entry.imageId, annotation).catch(refusalOf);
  entry.uncertain = false;
  if (created instanceof ApiError) {
    const deleted = created.code === 'annotation_deleted' ? created.current : null;
    // A key that this page sends for the first time is known already only when undo reaches back into an earlier page,
    // which had deleted the object; what was sent before may have been deleted by somebody else.
    if (!isFirstTry || !deleted) throw created;
    Object.assign(entry, { serverId: deleted.id, revision: deleted.revision, deleted: true });
    await change(entry, deleted.id, desired, api);
    return;
  }
  entry.serverId = created.id;
  // An earlier try of this page may have arrived with other content; only somebody else makes a second revision.
  entry.revision = 1;
  if (isSameAnnotation(created, desired)) Object.assign(entry, { remote: desired, revision: created.revision });
  else if (created.revision === 1) entry.remote = objectOf(entry, created);
  else noteTheirs(entry, desired, created);
}

/** @type {(entry: SaveEntry, serverId: number, desired: KeptObject, api: AnnotationsApi) => Promise<void>} */
async function change(entry, serverId, desired, api) {
  if (entry.deleted) {
    const restored = await api.restore(serverId);
    if (entry.revision !== null && restored.revision !== entry.revision + 1) {
      noteTheirs(entry, desired, restored);
      return;
    }
    const remote = entry.lastRemote ?? objectOf(entry, restored);
    Object.assign(entry, { deleted: false, revision: restored.revision, remote });
  }
  if (entry.remote === desired) return;
  const changed = await api.update(serverId, formatChange(entry.remote, desired), entry.revision);
  entry.revision = changed.revision;
  entry.remote = desired;
}

/**
 * Look for an object that may have arrived although its answer never did.
 *
 * @param {SaveEntry} entry an entry without a server id
 * @param {AnnotationsApi} api the server
 * @returns {Promise<void>} the entry has its id if it was found
 */
async function findEarlier(entry, api) {
  const found = (await api.list(entry.imageId)).find((annotation) => annotation.client_key === entry.key);
  if (found) Object.assign(entry, { serverId: found.id, revision: 1 });
}

/**
 * @param {unknown} problem why a request failed
 * @returns {AnnotationJson | null | undefined} what somebody else saved, null for a deletion; undefined when the
 *   failure is another one
 */
function theirVersion(problem) {
  if (!(problem instanceof ApiError)) return undefined;
  if (problem.code === 'revision_conflict') return problem.current ?? undefined;
  return problem.code === 'annotation_deleted' || problem.code === 'annotation_not_found' ? null : undefined;
}

/** @type {(entry: SaveEntry, desired: KeptObject | null, theirs: AnnotationJson | null) => void} */
function noteTheirs(entry, desired, theirs) {
  if (theirs && desired && isSameAnnotation(theirs, desired)) {
    // The answer to an earlier request of this page was lost, or both made the same change.
    Object.assign(entry, { remote: desired, revision: theirs.revision, deleted: false });
    return;
  }
  entry.theirs = { object: theirs && objectOf(entry, theirs), revision: theirs && theirs.revision };
}

/** @type {(entry: SaveEntry, json: AnnotationJson) => KeptObject} */
function objectOf({ key }, json) {
  return { ...parseAnnotation(json), key };
}

/** @type {(problem: unknown) => ApiError} what the server refused for good; other failures say nothing about it */
function refusalOf(problem) {
  if (problem instanceof ApiError && problem.status < 500) return problem;
  throw problem;
}

/** @type {(problem: unknown) => false} */
function isGone(problem) {
  if (problem instanceof ApiError && problem.status === 404) return false;
  throw problem;
}
