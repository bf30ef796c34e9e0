import { describe, expect, it } from 'vitest';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { hoverProposal, rejectProposal, setProposalFilter } from '../../../static/js/state/actions/proposal_actions.js';
import {
  countDecisions,
  meantProposal,
  nestedProposal,
  proposalLayer,
  shownProposals,
} from '../../../static/js/state/proposals.js';
import { findProposals, makeProposal, storeWithImages } from '../session_builders.js';

/** A wheel in a car in a street, and a tree. */
function storeWithProposals() {
  const store = storeWithImages();
  findProposals(store, [
    makeProposal(1, { area: 30, parent: 2 }),
    makeProposal(2, { area: 300, parent: 3, predictedIou: 0.6 }),
    makeProposal(3, { area: 3000 }),
    makeProposal(4, { area: 50, stability: 0.4 }),
  ]);
  return store;
}

/** @type {(store: ReturnType<typeof storeWithProposals>) => number[]} */
const numbers = (store) => shownProposals(store.get()).map(({ number }) => number);

describe('proposals', () => {
  it('belong to one image', () => {
    const store = storeWithProposals();
    expect(proposalLayer(store.get())?.items).toHaveLength(4);
    store.apply(openImage(2));
    expect(proposalLayer(store.get())).toBeNull();
    expect(numbers(store)).toEqual([]);
  });

  it('are offered while they are sure enough and not rejected', () => {
    const store = storeWithProposals();
    expect(numbers(store)).toEqual([1, 2, 3, 4]);
    store.apply(setProposalFilter({ predictedIou: 0.7 }));
    expect(numbers(store)).toEqual([1, 3, 4]);
    store.apply(setProposalFilter({ stability: 0.5 }));
    store.apply(rejectProposal(3));
    expect(numbers(store)).toEqual([1]);
  });

  it('wait until they are decided, sure or not', () => {
    const store = storeWithProposals();
    store.apply(setProposalFilter({ predictedIou: 0.7 }));
    store.apply(rejectProposal(3));
    store.apply(rejectProposal(2));
    expect(countDecisions(store.get())).toEqual({ open: 2, sureDecided: 1 });
  });

  it('are the same list while nothing about them changes', () => {
    const store = storeWithProposals();
    const shown = shownProposals(store.get());
    store.apply(hoverProposal(2));
    expect(shownProposals(store.get())).toBe(shown);
  });

  it('a key means the one that stands out, else the best', () => {
    const store = storeWithProposals();
    expect(meantProposal(store.get())?.number).toBe(1);
    store.apply(hoverProposal(4));
    expect(meantProposal(store.get())?.number).toBe(4);
  });

  it('lead from a part to its whole and back, past those that are not offered', () => {
    const store = storeWithProposals();
    expect(nestedProposal(store.get(), 1)).toBeNull();
    store.apply(hoverProposal(1));
    expect(nestedProposal(store.get(), 1)?.number).toBe(2);
    store.apply(setProposalFilter({ predictedIou: 0.7 }));
    expect(nestedProposal(store.get(), 1)?.number).toBe(3);
    store.apply(hoverProposal(3));
    expect(nestedProposal(store.get(), 1)).toBeNull();
    expect(nestedProposal(store.get(), -1)?.number).toBe(1);
  });
});
