import { describe, expect, it } from 'vitest';
import { undoStep } from '../../../../static/js/state/actions/history_actions.js';
import * as actions from '../../../../static/js/state/actions/proposal_actions.js';
import { proposalLayer, shownProposals } from '../../../../static/js/state/proposals.js';
import { keptObjects } from '../../../../static/js/state/selectors.js';
import { findProposals, makeProposal, storeFrom, storeWithImages } from '../../session_builders.js';

const LOGITS = { side: 1, values: Float32Array.of(2) };

function storeWithTwo() {
  const store = storeWithImages();
  findProposals(store, [makeProposal(1), makeProposal(2)]);
  return store;
}

describe('taking a proposal', () => {
  it('makes an object that says where it came from, and can be refined', () => {
    const store = storeWithTwo();
    store.apply(actions.takeProposal(makeProposal(1), { key: 'new', logits: LOGITS }));
    expect(keptObjects(store.get())).toMatchObject([
      {
        key: 'new',
        categoryId: 1,
        origin: 'automatic',
        modelId: 'model',
        logits: LOGITS,
        prompts: { points: [{ x: 15 }] },
      },
    ]);
    expect(shownProposals(store.get()).map(({ number }) => number)).toEqual([2]);
  });

  it('can be undone, and then it is offered again', () => {
    const store = storeWithTwo();
    store.apply(actions.takeProposal(makeProposal(1), { key: 'new', logits: LOGITS }));
    store.apply(undoStep());
    expect(keptObjects(store.get())).toEqual([]);
    expect(shownProposals(store.get())).toHaveLength(2);
  });

  it('needs a class', () => {
    const store = storeFrom((state) => ({ ...state, activeCategoryId: null }));
    findProposals(store, [makeProposal(1)]);
    store.apply(actions.takeProposal(makeProposal(1), { key: 'new', logits: LOGITS }));
    expect(keptObjects(store.get())).toEqual([]);
  });
});

describe('proposals', () => {
  it('that are rejected can be restored', () => {
    const store = storeWithTwo();
    store.apply(actions.hoverProposal(2));
    store.apply(actions.rejectProposal(2));
    expect(store.get().hoveredProposal).toBeNull();
    expect(shownProposals(store.get())).toHaveLength(1);
    store.apply(actions.restoreProposals());
    expect(shownProposals(store.get())).toHaveLength(2);
  });

  it('keep what was decided when the same ones are read again, and forget it with new ones', () => {
    const store = storeWithTwo();
    store.apply(actions.rejectProposal(2));
    findProposals(store, [makeProposal(1), makeProposal(2)]);
    expect(proposalLayer(store.get())?.rejected).toEqual({ 2: true });
    findProposals(store, [makeProposal(1)]);
    expect(proposalLayer(store.get())?.rejected).toEqual({});
  });

  it('of the whole project show how far they are', () => {
    const store = storeWithImages();
    const progress = { total: 3, done: 1, waiting: 2, failed: 0, failures: [] };
    store.apply(actions.showProjectProposals(progress));
    expect(store.get().projectProposals).toEqual(progress);
  });

  it('can be dropped', () => {
    const store = storeWithTwo();
    store.apply(actions.dropProposals(1));
    expect(proposalLayer(store.get())).toBeNull();
  });

  it('change nothing when nothing changes', () => {
    const store = storeWithImages();
    const before = store.get();
    store.apply(actions.hoverProposal(null));
    store.apply(actions.rejectProposal(1));
    expect(store.get()).toBe(before);
    store.apply(actions.setProposalFilter({ stability: 0.7 }));
    expect(store.get().proposalFilter).toEqual({ ...before.proposalFilter, stability: 0.7 });
  });
});
