/**
 * Keeps the steps of every image beyond the page: they are written to the browser's database as they are made, brought
 * back by the next page, and those that are far away live there alone, so that their number has no limit.
 */

/** @import {DocumentContent, ImageDocument, ImageId, KeptObject, SessionStore} from '../state/state_types.js' */
/** @import {Histories, HistoryHead} from '../api/history_database.js' */
/** @import {StoredStep} from '../state/step_codec.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { withoutAnswers } from '../state/actions/draft_actions.js';
import { bringSteps, leaveSteps, recallSteps } from '../state/actions/history_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { EMPTY_DOCUMENT } from '../state/session_state.js';
import { StepCodec, objectsOfSteps, storedObject } from '../state/step_codec.js';
import { phrase, text } from '../texts/texts.js';
import { isSameObject } from './object_json.js';
import { writeOf } from './history_writing.js';

/** How many steps back and forward stay in memory; each holds the logits of its candidates, about 0.3 MB. */
const NEAR = 100;
/** How many are brought at once. */
const CHUNK = 30;

/**
 * @typedef {object} HistoryTrack
 * @property {string} id of the history
 * @property {number} length how many steps are stored
 * @property {number} at which of them is shown
 * @property {StepCodec} codec names what is stored
 * @property {ReadonlyMap<number, DocumentContent>} stored what the near steps were when they were stored
 */

/**
 * @typedef {object} HistoryParts
 * @property {SessionStore} store the session
 * @property {Histories<StoredStep>} histories the database
 * @property {() => Promise<string>} modelId the model that answers
 * @property {ReportProblem} report shows problems
 * @property {number} [near] how many steps stay in memory, each way
 * @property {() => number} [now] milliseconds since 1970
 */

/** Writes the steps of every image, and brings them back. */
export class HistoryKeeping {
  /** @type {Map<ImageId, HistoryTrack>} */
  #tracks = new Map();
  /** @type {Map<ImageId, Promise<void>>} */
  #chains = new Map();
  #failed = false;
  #store;
  #histories;
  #modelId;
  #report;
  #near;
  #chunk;
  #now;

  /** @param {HistoryParts} parts what it works with */
  constructor({ store, histories, modelId, report, near = NEAR, now = Date.now }) {
    this.#store = store;
    this.#histories = histories;
    this.#modelId = modelId;
    this.#report = report;
    this.#near = near;
    this.#chunk = Math.min(CHUNK, near);
    this.#now = now;
  }

  /**
   * Write every step from now on.
   *
   * @returns {() => void} ends it
   */
  start() {
    return this.#store.subscribe((state, previous) => {
      if (state.documents === previous.documents || this.#failed) return;
      for (const id of Object.keys(state.documents).map(Number)) {
        const changed = state.documents[id] !== previous.documents[id];
        if (changed && this.#tracks.has(id)) void this.settled(id);
      }
    });
  }

  /**
   * Go on from the steps of an earlier page, once the kept objects of the image are there.
   *
   * @param {ImageId} imageId the image
   * @returns {Promise<void>} resolves when the steps are there
   */
  recall(imageId) {
    return this.#enqueue(imageId, async () => {
      if (this.#failed || this.#tracks.has(imageId)) return;
      const head = await this.#histories.find(imageId);
      const track = head ? await this.#takeUp(imageId, head, await this.#modelId()) : newTrack(crypto.randomUUID());
      this.#tracks.set(imageId, track);
      await this.#keep(imageId);
    });
  }

  /**
   * Write what is not written yet, and bring far steps that the next undo or redo may need.
   *
   * @param {ImageId} imageId the image
   * @returns {Promise<void>} resolves when all of it is done
   */
  settled(imageId) {
    return this.#enqueue(imageId, () => this.#keep(imageId));
  }

  /** @type {(imageId: ImageId, work: () => Promise<void>) => Promise<void>} one after the other for each image */
  #enqueue(imageId, work) {
    const next = (this.#chains.get(imageId) ?? Promise.resolve()).then(work).catch((problem) => {
      if (!this.#failed) this.#report(problem, text('the steps back would not outlive this page'));
      this.#failed = true;
    });
    this.#chains.set(imageId, next);
    return next;
  }

  /** @type {(imageId: ImageId) => ImageDocument} */
  #documentOf(imageId) {
    return this.#store.get().documents[imageId] ?? EMPTY_DOCUMENT;
  }

  /** @type {(imageId: ImageId) => Promise<void>} */
  async #keep(imageId) {
    const track = this.#tracks.get(imageId);
    if (this.#failed || !track) return;
    const { nextRevision, model } = this.#store.get();
    const document = this.#documentOf(imageId);
    const about = { id: track.id, imageId, nextRevision, changedAt: this.#now(), modelId: model?.modelId ?? null };
    const written = await writeOf(track, document, about, this.#histories);
    if (written) this.#tracks.set(imageId, written);
    const most = Math.max(document.past.length, document.future.length);
    if (most > 2 * this.#near) this.#store.apply(leaveSteps(imageId, this.#near));
    await this.#bringNear(imageId);
  }

  /** @type {(imageId: ImageId) => Promise<void>} */
  async #bringNear(imageId) {
    const { past, future, earlier = 0, later = 0 } = this.#documentOf(imageId);
    if (past.length < this.#chunk && earlier > 0) {
      await this.#bring(imageId, { from: Math.max(0, earlier - this.#chunk), to: earlier });
    }
    if (future.length < this.#chunk && later > 0) {
      const first = (this.#tracks.get(imageId)?.length ?? later) - later;
      await this.#bring(imageId, { from: first, to: first + Math.min(this.#chunk, later) });
    }
  }

  /** @type {(imageId: ImageId, range: {from: number, to: number}) => Promise<void>} */
  async #bring(imageId, { from, to }) {
    const track = this.#tracks.get(imageId);
    if (!track) return;
    const steps = await this.#histories.steps(track.id, 0, track.length);
    const contents = await readSteps(track, steps, { from, to }, this.#histories);
    const { earlier = 0, later = 0 } = this.#documentOf(imageId);
    const isPast = to === earlier;
    // A step that was made meanwhile has replaced the ones to come.
    if (!isPast && track.length - from !== later) return;
    const stored = new Map([...track.stored, ...numbered(contents, from)]);
    this.#tracks.set(imageId, { ...track, stored });
    this.#store.apply(bringSteps(imageId, isPast ? { past: contents } : { future: contents }));
  }

  /** @type {(imageId: ImageId, head: HistoryHead, model: string) => Promise<HistoryTrack>} */
  async #takeUp(imageId, head, model) {
    const track = { ...newTrack(head.id), length: head.length, at: head.at };
    const steps = await this.#histories.steps(head.id, 0, head.length);
    const objectRefs = objectsOfSteps(steps);
    const base = this.#documentOf(imageId).past[0] ?? this.#documentOf(imageId).content;
    const known = new Map(objectRefs[head.at].map((ref) => [ref, storedObject(steps, ref)]));
    const present = new Map(base.objects.map((object) => [object.key, object]));
    if ([...known.values()].some((object) => !isKept(object, present.get(object.key)))) {
      this.#store.apply(addNotice(CHANGED_ELSEWHERE));
      return track;
    }
    for (const [ref, { key }] of known) track.codec.nameObject(ref, /** @type {KeptObject} */ (present.get(key)));
    const [from, to] = [Math.max(0, head.at - this.#chunk), Math.min(head.length, head.at + this.#chunk + 1)];
    const ownKeys = new Set([...known.values()].map(({ key }) => key));
    const foreign = base.objects.filter(({ key }) => !ownKeys.has(key));
    const sameModel = head.modelId === null || head.modelId === model;
    const contents = (await readSteps(track, steps, { from, to }, this.#histories)).map((content) =>
      adapted(content, { foreign, sameModel }),
    );
    const fits = foreign.length === 0 && sameModel;
    this.#store.apply(
      recallSteps(imageId, {
        past: contents.slice(0, head.at - from),
        future: contents.slice(head.at - from + 1),
        earlier: fits ? from : 0,
        later: fits ? head.length - to : 0,
        draft: contents[head.at - from].draft,
        nextRevision: head.nextRevision,
      }),
    );
    if (!fits) return track;
    const stored = new Map(numbered(contents, from));
    stored.set(head.at, { ...contents[head.at - from], objects: base.objects });
    return { ...track, stored };
  }
}

/** @type {(id: string) => HistoryTrack} */
const newTrack = (id) => ({ id, length: 0, at: 0, codec: new StepCodec(), stored: new Map() });

/** @type {(contents: ReadonlyArray<DocumentContent>, from: number) => [number, DocumentContent][]} */
const numbered = (contents, from) => contents.map((content, at) => [from + at, content]);

/**
 * @param {HistoryTrack} track where the steps lie
 * @param {readonly StoredStep[]} steps all of them
 * @param {{from: number, to: number}} range which ones are read
 * @param {Histories<StoredStep>} histories the database
 * @returns {Promise<DocumentContent[]>} the steps of the range
 */
async function readSteps({ id, codec }, steps, { from, to }, histories) {
  const wanted = steps.slice(from, to);
  const large = await histories.large(id, [...new Set(wanted.flatMap((step) => codec.missing(step)))]);
  const refs = objectsOfSteps(steps);
  return wanted.map((step, at) => {
    const objects = refs[from + at].map((ref) => codec.object(ref, storedObject(steps, ref), large));
    return codec.decode(step, objects, large);
  });
}

/** @type {(stored: Parameters<typeof isSameObject>[0], present: KeptObject | undefined) => boolean} */
const isKept = (stored, present) => present !== undefined && isSameObject(stored, present);

/**
 * @param {DocumentContent} content a step of an earlier page
 * @param {{foreign: ReadonlyArray<KeptObject>, sameModel: boolean}} change what others have added since, and whether the same
 *   model answers
 * @returns {DocumentContent} the step with that; undo must not take the work of others away
 */
function adapted(content, { foreign, sameModel }) {
  const { draft } = content;
  return {
    ...content,
    objects: foreign.length > 0 ? [...foreign, ...content.objects] : content.objects,
    draft: draft && !sameModel ? { ...draft, ...withoutAnswers(draft) } : draft,
  };
}

const CHANGED_ELSEWHERE = {
  tone: /** @type {const} */ ('info'),
  message: phrase('objects of this image were changed elsewhere since this browser showed it'),
  hint: phrase('its earlier steps would undo that work, so they were dropped; the masks are all there'),
};
