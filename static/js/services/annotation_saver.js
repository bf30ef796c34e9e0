/**
 * Makes the server's annotations equal to the objects of the page. Accepting, deleting, undo and redo only change the
 * session state; this service sees what differs from the server and sends it, one request at a time, until it arrives.
 */

/** @import {ImageId, KeptObject, SessionState, SessionStore} from '../state/state_types.js' */
/** @import {AnnotationsApi} from '../api/annotations_api.js' */
/** @import {PendingSave, PendingSaves} from '../api/pending_saves.js' */
/** @import {ReportProblem} from './problem_report.js' */
/** @import {SaveEntry, TheirVersion} from './save_entry.js' */

import { NetworkError } from '../api/api_error.js';
import { setConflict, takeTheirs } from '../state/actions/conflict_actions.js';
import { setSaveStatus } from '../state/actions/object_actions.js';
import { sendToServer } from './annotation_sending.js';
import { goOnFromTheirs, isDirty, isSendable, unknownEntry } from './save_entry.js';
import { text } from '../texts/texts.js';

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
   * @param {{id: number, revision: number}} known its id there, and the revision that is shown
   */
  adopt(imageId, object, { id, revision }) {
    const known = { serverId: id, revision, remote: object, desired: object };
    Object.assign(this.#newEntry(imageId, object.key), known);
  }

  /**
   * Take up what an earlier page did not get through.
   *
   * @param {PendingSave<KeptObject>} save what it wanted
   */
  recall({ key, imageId, serverId, revision, deleted, desired }) {
    const entry = this.#entries.get(key) ?? this.#newEntry(imageId, key);
    entry.desired = desired;
    entry.serverId ??= serverId;
    entry.uncertain = entry.serverId === null;
    // The change was made to what the earlier page had seen, which may not be what the server shows by now.
    entry.revision = revision ?? (serverId === null ? 1 : entry.revision);
    if (entry.remote === null) entry.deleted = deleted ?? false;
    if (!this.#settle(entry)) this.#remember(entry);
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

  /**
   * Name the object that the server keeps under an id.
   *
   * @param {number | null} serverId the id
   * @returns {string | null} its key; null when this page does not show it
   */
  keyOf(serverId) {
    if (serverId === null) return null;
    return [...this.#entries.values()].find((entry) => entry.serverId === serverId)?.key ?? null;
  }

  /**
   * Choose between the two versions of an object that somebody else has saved in between. Taking theirs is a step, so
   * undo brings the page's own version back.
   *
   * @param {string} key the object
   * @param {'mine' | 'theirs'} choice which one the server should have
   */
  resolve(key, choice) {
    const entry = this.#entries.get(key);
    if (!entry?.theirs) return;
    const theirs = goOnFromTheirs(entry);
    this.#store.apply(setConflict(key, null));
    if (choice === 'theirs') this.#store.apply(takeTheirs(entry.imageId, key, theirs));
    if (!this.#settle(entry)) {
      this.#store.apply(setSaveStatus(key, 'saving'));
      this.#remember(entry);
    }
    void this.#pump();
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
    if (desired === null && entry.theirs?.object === null) {
      // Both deleted it, so there is nothing left to choose.
      goOnFromTheirs(entry);
      this.#store.apply(setConflict(entry.key, null));
    }
    if (this.#settle(entry)) return;
    this.#store.apply(setSaveStatus(entry.key, entry.theirs ? 'conflict' : 'saving'));
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
      await sendToServer(entry, sent, this.#api);
      this.#attempt = 0;
      if (entry.theirs) this.#showConflict(entry, entry.theirs);
      if (!this.#settle(entry)) this.#remember(entry);
    } catch (problem) {
      if (isTemporary(problem)) throw problem;
      entry.refused = sent;
      this.#store.apply(setSaveStatus(entry.key, 'failed'));
      this.#report(problem, text('an object was not saved'));
    }
  }

  /** @type {(entry: SaveEntry, theirs: TheirVersion) => void} */
  #showConflict({ key, imageId }, { object }) {
    this.#store.apply(setSaveStatus(key, 'conflict'));
    this.#store.apply(setConflict(key, { imageId, theirs: object }));
  }

  #waitAndRetry() {
    for (const entry of this.#entries.values()) {
      if (isSendable(entry)) this.#store.apply(setSaveStatus(entry.key, 'waiting'));
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
  #remember({ key, imageId, serverId, revision, deleted, desired }) {
    const save = { key, imageId, serverId, revision, deleted, desired };
    this.#pending?.put(save).catch((problem) => this.#report(problem));
  }

  /** @type {() => SaveEntry | undefined} the oldest one that the server should hear of */
  #nextToSend() {
    return [...this.#entries.values()].find(isSendable);
  }

  /** @type {(imageId: ImageId, key: string) => SaveEntry} */
  #newEntry(imageId, key) {
    const entry = unknownEntry(imageId, key);
    this.#entries.set(key, entry);
    return entry;
  }
}

/**
 * @param {unknown} problem why a request failed
 * @returns {boolean} true when the same request may succeed later
 */
function isTemporary(problem) {
  if (problem instanceof NetworkError) return true;
  return problem instanceof Error && 'status' in problem && Number(problem.status) >= 500;
}
