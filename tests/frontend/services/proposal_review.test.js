import { describe, expect, it, vi } from 'vitest';
import { createProposalReview } from '../../../static/js/services/proposal_review.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { rejectProposal, showProposals } from '../../../static/js/state/actions/proposal_actions.js';
import { enterProject } from '../../../static/js/state/actions/project_actions.js';
import { makeProposal, storeWithImages } from '../session_builders.js';

/** @type {(id: number) => import('../../../static/js/proposal_types.js').ProposalQueueJson['images'][number]} */
const queued = (id) => ({ image_id: id, file_name: `${id}.jpg`, undecided: 2, score: 0.5 });

/** @param {number[]} ids images with open proposals */
function makeService(ids = [2, 1]) {
  const store = storeWithImages();
  store.apply((state) => ({ ...state, projectId: 7 }));
  const api = { queue: vi.fn(async () => ({ images: ids.map(queued) })) };
  const report = vi.fn();
  const workOn = vi.fn(async (/** @type {number} */ id) => void store.apply(openImage(id)));
  const propose = vi.fn(() => {
    const items = [makeProposal(1), makeProposal(2)];
    const found = { phase: /** @type {const} */ ('ready'), share: 1, modelId: 'm', items, rejected: {}, accepted: {} };
    store.apply(showProposals(Number(store.get().currentImageId), found));
  });
  const service = createProposalReview({ store, api, workOn, propose, report });
  service.start();
  return { store, api, report, workOn, propose, commands: service.commands };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('reviewing the proposals of a project', () => {
  it('opens the surest image, and the next one when all is decided', async () => {
    const { store, api, workOn, propose, commands } = makeService();
    await commands.reviewProposals();
    expect(api.queue).toHaveBeenCalledWith(7, store.get().proposalFilter);
    expect([store.get().currentImageId, propose.mock.calls.length]).toEqual([2, 1]);
    store.apply(rejectProposal(1));
    await settled();
    expect(store.get().currentImageId).toBe(2);
    store.apply(rejectProposal(2));
    await settled();
    expect(workOn.mock.calls).toEqual([[2], [1]]);
    expect(store.get().proposalReview?.images).toEqual([queued(1)]);
    store.apply(rejectProposal(1));
    store.apply(rejectProposal(2));
    await settled();
    expect(store.get().proposalReview).toBeNull();
    expect(store.get().notices[0].message).toBe('all proposals of this review are decided');
  });

  it('leaves an image for later, and ends', async () => {
    const { store, commands } = makeService();
    await commands.reviewProposals();
    commands.skipReviewed();
    await settled();
    expect(store.get().currentImageId).toBe(1);
    commands.endReview();
    expect(store.get().proposalReview).toBeNull();
    commands.skipReviewed();
    expect(store.get().notices).toEqual([]);
  });

  it('goes back to its image from another one without a new queue', async () => {
    const { store, api, commands } = makeService();
    await commands.reviewProposals();
    store.apply(openImage(1));
    await commands.reviewProposals();
    expect(store.get().currentImageId).toBe(2);
    expect(api.queue).toHaveBeenCalledOnce();
  });

  it('says when nothing is open, and what went wrong', async () => {
    const { store, report, api, workOn, commands } = makeService([]);
    await commands.reviewProposals();
    expect(store.get().notices[0].message).toBe('no image has proposals to decide about');
    const problem = new Error('offline');
    api.queue.mockRejectedValueOnce(problem);
    await commands.reviewProposals();
    expect(report).toHaveBeenCalledWith(problem, 'the proposals of the project could not be listed');
    expect(workOn).not.toHaveBeenCalled();
  });

  it('ends where another project is entered', async () => {
    const { store, commands } = makeService();
    await commands.reviewProposals();
    store.apply(enterProject(8));
    expect(store.get().proposalReview).toBeNull();
  });
});
