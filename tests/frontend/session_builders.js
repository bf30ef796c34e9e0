/** Small values for tests: images, classes, candidates, objects, and a session that has them. */

/**
 * @import {Candidate, CategoryJson, EmbeddingState, ImageJson, MaskReading, ProjectJson, Rle} from '../../static/js/types.js'
 * @import {PermissionName, ReviewJson, RoleName, SessionJson, UserJson} from '../../static/js/team_types.js'
 * @import {KeptObject, Proposal, SessionState, SessionStore} from '../../static/js/state/state_types.js'
 */

import { showHover } from '../../static/js/state/actions/hover_actions.js';
import { addImages, markFeaturesReady, openImage, setImages } from '../../static/js/state/actions/image_actions.js';
import { setCursor } from '../../static/js/state/actions/view_actions.js';
import { hoverQuestion } from '../../static/js/state/hover.js';
import { setCategories } from '../../static/js/state/actions/category_actions.js';
import { showProposals } from '../../static/js/state/actions/proposal_actions.js';
import { addPoint, receiveAnswer } from '../../static/js/state/actions/prompt_actions.js';
import { openDraft } from '../../static/js/state/selectors.js';
import { createSessionState } from '../../static/js/state/session_state.js';
import { createSessionStore } from '../../static/js/state/session_store.js';
import { enterProject, setProjects } from '../../static/js/state/actions/project_actions.js';
import { NO_DETAILS } from '../../static/js/state/object_details.js';
import { imagePoint, promptPoint } from '../../static/js/geometry/point.js';

/**
 * Make the state of an embedding that is ready.
 *
 * @param {Partial<EmbeddingState>} [change] what differs from the usual value
 * @returns {EmbeddingState} the state
 */
export function makeEmbedding(change = {}) {
  return { state: 'ready', eta_s: null, queue_position: null, error: null, url: '/embedding', ...change };
}

/**
 * Make an image of 100 x 80 pixels.
 *
 * @param {number} id its id
 * @param {Partial<ImageJson>} [change] what differs from the usual value
 * @returns {ImageJson} the image
 */
export function makeImage(id, change = {}) {
  return {
    id,
    project_id: 1,
    state: 'new',
    file_name: `photo_${id}.jpg`,
    width: 100,
    height: 80,
    sha256: `sha${id}`,
    created_at: '2026-01-01T00:00:00Z',
    annotation_count: 0,
    pixels_url: `/api/images/${id}/pixels?v=1`,
    thumbnail_url: `/api/images/${id}/thumbnail?v=1`,
    masked_thumbnail_url: `/api/images/${id}/masked-thumbnail?masks=1`,
    embedding: makeEmbedding(),
    ...change,
  };
}

/**
 * Make a project.
 *
 * @param {number} id its id
 * @param {Partial<ProjectJson>} [change] what differs from the usual value
 * @returns {ProjectJson} the project
 */
export function makeProject(id, change = {}) {
  return {
    id,
    name: `project ${id}`,
    created_at: '2026-01-01T00:00:00Z',
    changed_at: '2026-01-02T00:00:00Z',
    image_count: 0,
    image_counts: { new: 0, in_work: 0, done: 0, reviewed: 0, skipped: 0 },
    object_count: 0,
    seconds_left: null,
    overlap: 'allowed',
    cover: [],
    ...change,
  };
}

/**
 * Make a class.
 *
 * @param {number} id its id
 * @param {string} [name] its name
 * @param {string} [color] `#rrggbb`
 * @returns {CategoryJson} the class
 */
export function makeCategory(id, name = `class ${id}`, color = '#56b4e9') {
  return { id, name, supercategory: '', color, attributes: [] };
}

/**
 * Make a mask that only has a name.
 *
 * @param {string} [counts] tells masks apart
 * @returns {Rle} the mask
 */
export function makeRle(counts = 'abc') {
  return { size: [80, 100], counts };
}

/** The outline of the rectangle from (10, 20) to (30, 40). */
export const SQUARE = {
  points: Int32Array.from([10, 20, 30, 20, 30, 40, 10, 40]),
  ringStarts: Int32Array.from([0]),
};

/**
 * Make a candidate: a square with tiny logits.
 *
 * @param {Partial<Candidate>} [change] what differs from the usual value
 * @returns {Candidate} the candidate
 */
export function makeCandidate(change = {}) {
  return {
    token: 1,
    predictedIou: 0.9,
    logits: Float32Array.from([1, -1, 2, -2]),
    side: 2,
    rle: makeRle(),
    area: 400,
    bbox: [10, 20, 20, 20],
    contours: SQUARE,
    ...change,
  };
}

/**
 * Make a kept object.
 *
 * @param {string} key its key
 * @param {Partial<KeptObject>} [change] what differs from the usual value
 * @returns {KeptObject} the object
 */
export function makeObject(key, change = {}) {
  return {
    key,
    categoryId: 1,
    rle: makeRle(key),
    area: 400,
    bbox: [10, 20, 20, 20],
    predictedIou: 0.8,
    prompts: { points: [], box: null },
    logits: { side: 2, values: Float32Array.from([1, -1, 2, -2]) },
    hasLogits: true,
    modelId: 'model',
    handEdits: [],
    details: NO_DETAILS,
    effort: null,
    ...change,
  };
}

/**
 * Make a session with two classes and images 1 to 3, the first one open.
 *
 * @returns {SessionStore} the session
 */
export function storeWithImages() {
  const store = createSessionStore(createSessionState());
  store.apply(setProjects([makeProject(1)]));
  store.apply(enterProject(1));
  store.apply(setCategories([makeCategory(1, 'cat'), makeCategory(2, 'dog', '#e69f00')]));
  store.apply(setImages([makeImage(1), makeImage(2)]));
  store.apply(addImages([makeImage(3)]));
  store.apply(openImage(1));
  return store;
}

/**
 * Answer the prompts of the open object.
 *
 * @param {SessionStore} store the session
 * @param {Candidate[]} [candidates] what the decoder offers
 */
export function answer(store, candidates = [makeCandidate()]) {
  const state = store.get();
  const draft = openDraft(state);
  if (!draft || state.currentImageId === null) throw new Error('a draft must be open, got none');
  store.apply(receiveAnswer({ imageId: state.currentImageId, revision: draft.revision, candidates, totalMs: 8 }));
}

/**
 * Click on the object and answer.
 *
 * @param {SessionStore} store the session
 * @param {number} [x] image pixels
 * @param {number} [y] image pixels
 */
export function clickAndAnswer(store, x = 15, y = 25) {
  store.apply(addPoint(imagePoint(x, y), 1));
  answer(store);
}

/**
 * Let everything that is only waiting for a promise happen.
 *
 * @returns {Promise<void>} some turns later
 */
export async function settle() {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}

/**
 * Make a session with a state that was changed by hand.
 *
 * @param {(state: SessionState) => SessionState} change what differs from the usual value
 * @returns {SessionStore} the session
 */
export function storeFrom(change) {
  return createSessionStore(change(storeWithImages().get()));
}

/**
 * Make a reading of a click: its left half is inside.
 *
 * @param {Partial<MaskReading>} [change] what differs from the usual value
 * @returns {MaskReading} the mask
 */
export function makeReading(change = {}) {
  return {
    token: 1,
    predictedIou: 0.87,
    logits: Float32Array.of(1, -1, 1, -1),
    coverage: 0.5,
    side: 2,
    placement: {
      imageSize: { width: 100, height: 80 },
      inputSize: { width: 10, height: 8 },
      modelSize: 10,
      threshold: 0,
    },
    ...change,
  };
}

/**
 * Move the pointer there and give the decoder's preview of a click.
 *
 * @param {SessionStore} store the session
 * @param {number} x in image pixels
 * @param {number} y in image pixels
 * @param {MaskReading[]} [readings] what the decoder would offer
 */
export function hoverAt(store, x, y, readings = [makeReading()]) {
  const imageId = store.get().currentImageId;
  if (imageId !== null) store.apply(markFeaturesReady(imageId));
  store.apply(setCursor(imagePoint(x, y)));
  const question = hoverQuestion(store.get());
  if (!question) throw new Error('a click must be possible here, got no question');
  store.apply(showHover({ ...question, readings }));
}

/**
 * Make a proposal.
 *
 * @param {number} number its number
 * @param {Partial<Proposal>} [change] what differs from the usual value
 * @returns {Proposal} the proposal
 */
export function makeProposal(number, change = {}) {
  return {
    number,
    rle: { size: [80, 100], counts: `p${number}` },
    area: 400,
    bbox: [10, 20, 20, 20],
    predictedIou: 0.8,
    stability: 0.9,
    point: promptPoint(imagePoint(15, 25), 1),
    parent: null,
    ...change,
  };
}

/**
 * Let the model have found something on the open image.
 *
 * @param {SessionStore} store the session
 * @param {Proposal[]} items what it found, best first
 */
export function findProposals(store, items) {
  store.apply(showProposals(1, { phase: 'ready', share: 1, modelId: 'model', items, rejected: {}, accepted: {} }));
}

/**
 * Make a person.
 *
 * @param {number} id the id
 * @param {Partial<UserJson>} [change] what differs from the usual value
 * @returns {UserJson} the person; an owner
 */
export function makeUser(id, change = {}) {
  return { id, name: `Person ${id}`, role: 'owner', is_disabled: false, created_at: '2026-01-01T00:00:00Z', ...change };
}

/**
 * Make the session of somebody who is signed in.
 *
 * @param {RoleName} role what they do
 * @returns {SessionJson} the session of person 1
 */
export function makeSession(role) {
  /** @type {PermissionName[]} */
  const permissions = ['open', 'account', 'read'];
  if (role !== 'reader') permissions.push('annotate');
  if (role === 'reviewer' || role === 'owner') permissions.push('review');
  if (role === 'owner') permissions.push('organise', 'manage_users');
  return { has_accounts: true, user: makeUser(1, { role }), permissions };
}

/**
 * Make a verdict about image 1.
 *
 * @param {Partial<ReviewJson>} [change] what differs from the usual value
 * @returns {ReviewJson} the verdict; a rejection of the whole image
 */
export function makeReview(change = {}) {
  return {
    id: 1,
    image_id: 1,
    annotation_id: null,
    client_key: null,
    verdict: 'rejected',
    comment: 'two are missing',
    author: 'Rita',
    is_outdated: false,
    created_at: '2026-01-01T00:00:00Z',
    ...change,
  };
}
