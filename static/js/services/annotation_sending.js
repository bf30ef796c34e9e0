/** The one request, or two, that bring the server from what it has to what the page shows. */

/** @import {AnnotationJson} from '../types.js' */
/** @import {KeptObject} from '../state/state_types.js' */
/** @import {AnnotationsApi} from '../api/annotations_api.js' */
/** @import {SaveEntry} from './annotation_saver.js' */

import { ApiError } from '../api/api_error.js';
import { formatAnnotation, formatChange } from './object_json.js';

/** @typedef {{api: AnnotationsApi, isKnown: (serverId: number) => boolean}} ServerSide */

/**
 * Send an object and note in the entry what the server has now.
 *
 * @param {SaveEntry} entry what is known about the object; changed in place
 * @param {KeptObject | null} desired how the server should keep it; null deletes it
 * @param {ServerSide} server the server, and which of its annotations the page knows
 * @returns {Promise<void>} rejects as the API does, with the entry still saying what is certain
 */
export async function sendToServer(entry, desired, server) {
  if (desired === null) await remove(entry, server);
  else if (entry.serverId === null) await create(entry, desired, server);
  else await change(entry, entry.serverId, desired, server);
}

/** @type {(entry: SaveEntry, server: ServerSide) => Promise<void>} */
async function remove(entry, { api, isKnown }) {
  if (entry.serverId === null && entry.uncertain) await findEarlier(entry, entry.lastRemote, { api, isKnown });
  if (entry.serverId !== null) await api.remove(entry.serverId).catch(unlessGone);
  entry.lastRemote = entry.remote ?? entry.lastRemote;
  entry.remote = null;
}

/** @type {(entry: SaveEntry, desired: KeptObject, server: ServerSide) => Promise<void>} */
async function create(entry, desired, { api, isKnown }) {
  if (entry.uncertain && (await findEarlier(entry, entry.lastRemote ?? desired, { api, isKnown }))) {
    if (entry.remote !== desired) await change(entry, Number(entry.serverId), desired, { api, isKnown });
    return;
  }
  entry.uncertain = true;
  entry.lastRemote = desired;
  const created = await api.create(entry.imageId, formatAnnotation(desired)).catch((problem) => {
    if (problem instanceof ApiError) entry.uncertain = false;
    throw problem;
  });
  noteArrival(entry, created, desired);
}

/** @type {(entry: SaveEntry, serverId: number, desired: KeptObject, server: ServerSide) => Promise<void>} */
async function change(entry, serverId, desired, { api }) {
  if (entry.remote === null && entry.lastRemote !== null) {
    await api.restore(serverId);
    entry.remote = entry.lastRemote;
  }
  if (entry.remote !== desired) await api.update(serverId, formatChange(entry.remote, desired));
  entry.remote = desired;
}

/**
 * Look for an object that may have arrived although its answer never did, so that it is not kept twice.
 *
 * @param {SaveEntry} entry an entry without a server id
 * @param {KeptObject | null} sent what was sent
 * @param {ServerSide} server the server, and which of its annotations the page knows
 * @returns {Promise<boolean>} true when it was found; the entry then has its id
 */
async function findEarlier(entry, sent, { api, isKnown }) {
  if (sent === null) return false;
  const listed = await api.list(entry.imageId);
  const found = listed.find(
    (annotation) =>
      !isKnown(annotation.id) &&
      annotation.segmentation.counts === sent.rle.counts &&
      annotation.prompts.points.length === sent.prompts.points.length &&
      annotation.category_id === sent.categoryId,
  );
  if (found) noteArrival(entry, found, sent);
  return found !== undefined;
}

/** @type {(entry: SaveEntry, annotation: AnnotationJson, sent: KeptObject) => void} */
function noteArrival(entry, annotation, sent) {
  entry.serverId = annotation.id;
  entry.remote = sent;
  entry.lastRemote = sent;
  entry.uncertain = false;
}

/** @type {(problem: unknown) => void} */
function unlessGone(problem) {
  if (!(problem instanceof ApiError) || problem.status !== 404) throw problem;
}
