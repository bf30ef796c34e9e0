import { describe, expect, it, vi } from 'vitest';
import { proposalCommands } from '../../../static/js/services/proposal_commands.js';
import { rejectProposal } from '../../../static/js/state/actions/proposal_actions.js';
import { chooseTool } from '../../../static/js/state/actions/view_actions.js';
import { shownProposals } from '../../../static/js/state/proposals.js';
import { findProposals, makeProposal, storeWithImages } from '../session_builders.js';

function makeCommands() {
  const store = storeWithImages();
  findProposals(store, [makeProposal(1), makeProposal(2)]);
  const proposals = {
    propose: vi.fn(async () => {}),
    cancel: vi.fn(async () => {}),
    take: vi.fn(async () => {}),
    takeAll: vi.fn(async () => {}),
    reject: vi.fn(),
    hoverAt: vi.fn(() => true),
    climb: vi.fn(() => true),
    proposeAll: vi.fn(async () => {}),
    bringBoxes: vi.fn(async () => {}),
    cancelAll: vi.fn(async () => {}),
  };
  const nextCandidate = vi.fn(() => false);
  const review = { reviewProposals: vi.fn(async () => {}), skipReviewed: vi.fn(), endReview: vi.fn() };
  const commands = proposalCommands({ store, proposals, review, else: { nextCandidate } });
  return { store, proposals, review, nextCandidate, commands };
}

describe('proposal commands', () => {
  it('reach the proposals of the image', () => {
    const { proposals, commands } = makeCommands();
    commands.propose();
    commands.cancelProposals();
    commands.takeProposal(2);
    commands.rejectProposal();
    commands.takeAllProposals();
    expect(proposals.takeAll).toHaveBeenCalledOnce();
    expect(proposals.propose).toHaveBeenCalledOnce();
    expect(proposals.cancel).toHaveBeenCalledOnce();
    expect(proposals.take).toHaveBeenCalledWith(2);
    expect(proposals.reject).toHaveBeenCalledWith(undefined);
  });

  it('reach the proposals of the project', () => {
    const { proposals, review, commands } = makeCommands();
    commands.proposeAll();
    commands.cancelAllProposals();
    expect(proposals.proposeAll).toHaveBeenCalledOnce();
    const file = new File(['[]'], 'boxes.json');
    commands.bringBoxes(file);
    expect(proposals.bringBoxes).toHaveBeenCalledWith(file);
    commands.skipReviewed();
    expect(review.skipReviewed).toHaveBeenCalledOnce();
    expect(proposals.cancelAll).toHaveBeenCalledOnce();
  });

  it('change what is offered and what stands out', () => {
    const { store, commands } = makeCommands();
    commands.hoverProposal(2);
    expect(store.get().hoveredProposal).toBe(2);
    commands.setProposalFilter({ predictedIou: 0.9 });
    expect(shownProposals(store.get())).toEqual([]);
    commands.setProposalFilter({ predictedIou: 0.1 });
    store.apply(rejectProposal(1));
    commands.restoreProposals();
    expect(shownProposals(store.get())).toHaveLength(2);
  });

  it('walk through wholes and parts with their own tool only', () => {
    const { store, proposals, nextCandidate, commands } = makeCommands();
    expect(commands.nextCandidate(1)).toBe(false);
    expect(nextCandidate).toHaveBeenCalledWith(1);
    store.apply(chooseTool('proposal'));
    expect(commands.nextCandidate(-1)).toBe(true);
    expect(proposals.climb).toHaveBeenCalledWith(-1);
  });
});
