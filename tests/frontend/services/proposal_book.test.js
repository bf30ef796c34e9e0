import { describe, expect, it, vi } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { createProposalBook } from '../../../static/js/services/proposal_book.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { dropProposals, hoverProposal } from '../../../static/js/state/actions/proposal_actions.js';
import { proposalLayer, shownProposals } from '../../../static/js/state/proposals.js';
import { keptObjects } from '../../../static/js/state/selectors.js';
import { SQUARE, findProposals, makeProposal, storeWithImages } from '../session_builders.js';

/** @import {ProposalJson, ProposalsJson} from '../../../static/js/proposal_types.js' */

const LOGITS_JSON = { shape: /** @type {[number, number]} */ ([1, 1]), data: 'AEA=' };

/** @type {(number: number, change?: Partial<ProposalJson>) => ProposalJson} */
const proposalJson = (number, change = {}) => ({
  number,
  segmentation: { size: [80, 100], counts: `p${number}` },
  area: 400,
  bbox: [10, 20, 20, 20],
  predicted_iou: 0.8,
  stability_score: 0.9,
  point: makeProposal(number).point,
  parent: null,
  ...change,
});

/** @type {(change: Partial<ProposalsJson>) => ProposalsJson} */
const answer = (change) => ({
  ...{ state: 'done', share: 1, model_id: 'model', error: null, proposals: [], rejected: [], accepted: [] },
  ...change,
});

/** @param {ProposalsJson[]} answers what the server says, one after the other */
function makeBook(answers = []) {
  const store = storeWithImages();
  const next = async () => {
    const found = answers.shift();
    if (!found) throw new Error('the server must have an answer, got no more');
    return found;
  };
  const api = {
    request: vi.fn(next),
    state: vi.fn(next),
    cancel: vi.fn(async () => {}),
    logits: vi.fn(async () => LOGITS_JSON),
    requestAll: vi.fn(),
    stateOfAll: vi.fn(),
    ...{ requestBoxes: vi.fn(), queue: vi.fn(), decide: vi.fn() },
    cancelAll: vi.fn(),
  };
  const report = vi.fn();
  const wait = vi.fn(async () => {});
  let made = 0;
  const newKey = () => (made++ === 0 ? 'new' : `new ${made}`);
  const book = createProposalBook({ store, api, contoursOf: () => SQUARE, newKey, report, wait });
  return { store, api, report, wait, book };
}

describe('asking for proposals', () => {
  it('follows the search and offers first what the server puts first', async () => {
    const found = [proposalJson(2), proposalJson(1, { stability_score: 0.4 })];
    const { store, book, wait } = makeBook([
      answer({ state: 'waiting', share: 0 }),
      answer({ state: 'running', share: 0.5 }),
      answer({ proposals: found }),
    ]);
    wait.mockImplementation(async () => expect(proposalLayer(store.get())?.phase).toBe('running'));
    await book.propose();
    expect(wait).toHaveBeenCalledTimes(2);
    expect(store.get().tool).toBe('proposal');
    expect(shownProposals(store.get()).map(({ number }) => number)).toEqual([1, 2]);
  });

  it('stops asking when it was cancelled', async () => {
    const { store, api, book, wait } = makeBook([answer({ state: 'running' }), answer({ state: 'none' })]);
    wait.mockImplementation(async () => store.apply(dropProposals(1)));
    await book.propose();
    expect(proposalLayer(store.get())).toBeNull();
    await book.cancel();
    expect(api.cancel).toHaveBeenCalledWith(1);
  });

  it('says why a search failed', async () => {
    const error = { code: 'proposing_failed', message: 'out of memory', hint: 'try again' };
    const { store, book } = makeBook([answer({ state: 'failed', error })]);
    await book.propose();
    expect(proposalLayer(store.get())).toBeNull();
    expect(store.get().notices[0].message).toBe('out of memory');
  });

  it('reports a server that is away', async () => {
    const { store, report, book } = makeBook();
    await book.propose();
    expect(report).toHaveBeenCalledWith(expect.any(Error), 'no masks were proposed');
    expect(proposalLayer(store.get())).toBeNull();
  });
});

describe('deciding about proposals', () => {
  it('takes one with its logits', async () => {
    const { store, api, book } = makeBook();
    findProposals(store, [makeProposal(1), makeProposal(2)]);
    await book.take(2);
    expect(api.logits).toHaveBeenCalledWith(1, 2);
    expect(keptObjects(store.get())).toMatchObject([{ key: 'new', logits: { side: 1 } }]);
    expect([...(keptObjects(store.get())[0].logits?.values ?? [])]).toEqual([2]);
  });

  it('takes it once, however often it was asked', async () => {
    const { store, book } = makeBook();
    findProposals(store, [makeProposal(1)]);
    await Promise.all([book.take(1), book.take(1)]);
    await book.take(1);
    expect(keptObjects(store.get())).toHaveLength(1);
  });

  it('says when taking failed', async () => {
    const { store, api, report, book } = makeBook();
    findProposals(store, [makeProposal(1)]);
    api.logits.mockRejectedValue(new Error('away'));
    await book.take();
    expect(report).toHaveBeenCalledWith(expect.any(Error), 'the proposal was not accepted');
    expect(keptObjects(store.get())).toEqual([]);
  });

  it('takes all that are shown, in one step', async () => {
    const { store, book } = makeBook();
    findProposals(store, [makeProposal(1), makeProposal(2, { predictedIou: 0.1 }), makeProposal(3)]);
    await book.takeAll();
    expect(keptObjects(store.get()).map(({ origin }) => origin)).toEqual(['automatic', 'automatic']);
    expect(shownProposals(store.get())).toEqual([]);
    store.apply(undoStep());
    expect(keptObjects(store.get())).toEqual([]);
    expect(shownProposals(store.get()).map(({ number }) => number)).toEqual([1, 3]);
  });

  it('takes none when something was decided meanwhile, or the server fails', async () => {
    const { store, api, report, book } = makeBook();
    findProposals(store, [makeProposal(1), makeProposal(2)]);
    api.logits.mockImplementationOnce(async () => {
      book.reject(2);
      return LOGITS_JSON;
    });
    await book.takeAll();
    expect(keptObjects(store.get())).toEqual([]);
    api.logits.mockRejectedValue(new Error('away'));
    await book.takeAll();
    expect(report).toHaveBeenCalledWith(expect.any(Error), 'the proposals were not accepted');
    expect(keptObjects(store.get())).toEqual([]);
  });

  it('rejects the one that stands out', () => {
    const { store, book } = makeBook();
    findProposals(store, [makeProposal(1), makeProposal(2)]);
    store.apply(hoverProposal(2));
    book.reject();
    expect(shownProposals(store.get()).map(({ number }) => number)).toEqual([1]);
  });

  it('lets the smallest under the pointer stand out, until one climbs', () => {
    const { store, book } = makeBook();
    findProposals(store, [makeProposal(1, { area: 900 }), makeProposal(2, { area: 100, parent: 1 })]);
    const inside = imagePoint(15, 25);
    expect(book.hoverAt(inside)).toBe(true);
    expect(store.get().hoveredProposal).toBe(2);
    expect(book.climb(1)).toBe(true);
    book.hoverAt(inside);
    expect(store.get().hoveredProposal).toBe(1);
    expect(book.climb(1)).toBe(false);
    expect(book.hoverAt(imagePoint(90, 70))).toBe(false);
    expect(store.get().hoveredProposal).toBeNull();
  });
});
