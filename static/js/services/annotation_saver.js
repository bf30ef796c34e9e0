/**
 * Makes the server's annotations equal to the objects of the page. Accepting, deleting, undo and redo only change the
 * session state; this service sees what differs from the server and sends it, one request at a time, until it arrives.
 */

/** @import {ImageId, KeptObject, SessionState, SessionStore} from '../state/state_types.js' */
/** @import {AnnotationsApi} from '../api/annotations_api.js' */
/** @import {PendingSave, PendingSaves} from '../api/pending_saves.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { NetworkError } from '../api/api_error.js';
import { setSaveStatus } from '../state/actions/object_actions.js';
import { sendToServer } from './annotation_sending.js';

/**
 * What is known about one object.
 *
 * @typedef {object} SaveEntry
 * @property {string} key identity on this page
 * @property {ImageId} imageId the image it lies on
 * @property {number | null} serverId null until the server answered
 * @property {KeptObject | null} remote what the server shows; null when it was never sent or is deleted
 * @property {KeptObject | null} lastRemote what the server had before the deletion, and gives back on restore
 * @property {KeptObject | null} desired what the page shows; null when it is deleted
 * @property {boolean} uncertain a request was sent and never answered, so the server may have the object already
 * @property {KeptObject | null | undefined} refused what the server refused; not sent again until it changes
 */

/** Pauses between attempts while the server cannot be reached, in milliseconds; the last one repeats. */
const RETRY_PAUSES = [1000, 2000, 4000, 8000, 15000];

/**
 * @typedef {object} SaverParts
 * @property {SessionStore} store the session
 * @property {AnnotationsApi} api the server
 * @property {PendingSaves<KeptObject> | null} pending memory that outlives the page, null when there is none
 * @property {ReportProblem} report shows what the server refused
 * @property {(run: () => void, pause: number) => unknown} [schedule] `setTimeout`, or what a test puts in its place
 */

/** Sends what the page shows and the server does not have. */
export class AnnotationSaver {
  /** @type {Map<string, SaveEntry>} */
  #entries = new Map();
  #running = false;
  #attempt = 0;
  #store;
  #api;
  #pending;
  #report;
  #schedule;

  /** @param {SaverParts} parts what it works with */
  constructor({ store, api, pending, report, schedule = (run, pause) => setTimeout(run, pause) }) {
    this.#store = store;
    this.#api = api;
    this.#pending = pending;
    this.#report = report;
    this.#schedule = schedule;
  }

  /**
   * Follow the session from now on.
   *
   * @returns {() => void} stops following
   */
  start() {
    return this.#store.subscribe((state, previous) => this.#compare(state, previous));
  }

  /**
   * Note that the server has an object already.
   *
   * @param {ImageId} imageId the image it lies on
   * @param {KeptObject} object as the server shows it
   * @param {number} serverId its id there
   */
  adopt(imageId, object, serverId) {
    Object.assign(this.#newEntry(imageId, object.key), { serverId, remote: object, desired: object });
  }

  /**
   * Take up what an earlier page did not get through.
   *
   * @param {PendingSave<KeptObject>} save what it wanted
   */
  recall({ key, imageId, serverId, desired }) {
    const entry = this.#entries.get(key) ?? this.#newEntry(imageId, key);
    Object.assign(entry, { serverId, uncertain: serverId === null, desired });
    this.#settle(entry);
    void this.#pump();
  }

  /**
   * Name the id that the server gave to an object.
   *
   * @param {string} key the object
   * @returns {number | null} null before the server answered
   */
  serverIdOf(key) {
    return this.#entries.get(key)?.serverId ?? null;
  }

  /** Send everything that waits again now, refused objects included. */
  retry() {
    this.#attempt = 0;
    for (const entry of this.#entries.values()) entry.refused = undefined;
    void this.#pump();
  }

  /** @type {(state: SessionState, previous: SessionState) => void} */
  #compare(state, previous) {
    if (state.documents === previous.documents) return;
    for (const [id, document] of Object.entries(state.documents)) {
      const imageId = Number(id);
      const { objects } = document.content;
      if (previous.documents[imageId]?.content.objects !== objects) this.#compareImage(imageId, objects);
    }
    void this.#pump();
  }

  /** @type {(imageId: ImageId, objects: readonly KeptObject[]) => void} */
  #compareImage(imageId, objects) {
    const shown = new Map(objects.map((object) => [object.key, object]));
    for (const entry of this.#entries.values()) {
      if (entry.imageId === imageId) this.#want(entry, shown.get(entry.key) ?? null);
    }
    for (const object of objects) {
      if (!this.#entries.has(object.key)) this.#want(this.#newEntry(imageId, object.key), object);
    }
  }

  /** @type {(entry: SaveEntry, desired: KeptObject | null) => void} */
  #want(entry, desired) {
    if (entry.desired === desired) return;
    entry.desired = desired;
    entry.refused = undefined;
    if (this.#settle(entry)) return;
    this.#store.apply(setSaveStatus(entry.key, 'saving'));
    this.#remember(entry);
  }

  async #pump() {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let entry = this.#nextToSend(); entry; entry = this.#nextToSend()) await this.#send(entry);
    } catch {
      // Only failures that may pass by themselves arrive here; the status line counts what waits.
      this.#waitAndRetry();
    } finally {
      this.#running = false;
    }
  }

  /** @type {(entry: SaveEntry) => Promise<void>} */
  async #send(entry) {
    const sent = entry.desired;
    this.#store.apply(setSaveStatus(entry.key, 'saving'));
    try {
      await sendToServer(entry, sent, { api: this.#api, isKnown: (serverId) => this.#isKnown(serverId) });
      this.#attempt = 0;
      if (!this.#settle(entry)) this.#remember(entry);
    } catch (problem) {
      if (isTemporary(problem)) throw problem;
      entry.refused = sent;
      this.#store.apply(setSaveStatus(entry.key, 'failed'));
      this.#report(problem, 'an object was not saved');
    }
  }

  #waitAndRetry() {
    for (const entry of this.#entries.values()) {
      if (isDirty(entry)) this.#store.apply(setSaveStatus(entry.key, 'waiting'));
    }
    const pause = RETRY_PAUSES[Math.min(this.#attempt, RETRY_PAUSES.length - 1)];
    this.#attempt += 1;
    this.#schedule(() => void this.#pump(), pause);
  }

  /** @type {(entry: SaveEntry) => boolean} true when the server has what the page shows */
  #settle(entry) {
    if (isDirty(entry)) return false;
    this.#store.apply(setSaveStatus(entry.key, null));
    this.#pending?.forget(entry.key).catch((problem) => this.#report(problem));
    return true;
  }

  /** @type {(entry: SaveEntry) => void} */
  #remember({ key, imageId, serverId, desired }) {
    this.#pending?.put({ key, imageId, serverId, desired }).catch((problem) => this.#report(problem));
  }

  /** @type {() => SaveEntry | undefined} the oldest one that the server should hear of */
  #nextToSend() {
    return [...this.#entries.values()].find((entry) => isDirty(entry) && entry.refused !== entry.desired);
  }

  /** @type {(serverId: number) => boolean} */
  #isKnown(serverId) {
    return [...this.#entries.values()].some((entry) => entry.serverId === serverId);
  }

  /** @type {(imageId: ImageId, key: string) => SaveEntry} */
  #newEntry(imageId, key) {
    const entry = unknownEntry(imageId, key);
    this.#entries.set(key, entry);
    return entry;
  }
}

/**
 * @param {ImageId} imageId the image
 * @param {string} key the object
 * @returns {SaveEntry} an entry that the server knows nothing of
 */
function unknownEntry(imageId, key) {
  return {
    key,
    imageId,
    serverId: null,
    remote: null,
    lastRemote: null,
    desired: null,
    uncertain: false,
    refused: undefined,
  };
}

/**
 * @param {SaveEntry} entry what is known about an object
 * @returns {boolean} true when the server shows something else than the page
 */
function isDirty(entry) {
  return entry.desired !== entry.remote;
}

/**
 * @param {unknown} problem why a request failed
 * @returns {boolean} true when the same request may succeed later
 */
function isTemporary(problem) {
  if (problem instanceof NetworkError) return true;
  return problem instanceof Error && 'status' in problem && Number(problem.status) >= 500;
}
