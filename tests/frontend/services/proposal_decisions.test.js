import { describe, expect, it, vi } from 'vitest';
import { createProposalDecisions } from '../../../static/js/services/proposal_decisions.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import {
  hoverProposal,
  rejectProposal,
  restoreProposals,
  takeProposal,
} from '../../../static/js/state/actions/proposal_actions.js';
import { findProposals, makeProposal, storeWithImages } from '../session_builders.js';

function makeService() {
  const store = storeWithImages();
  const api = { decide: vi.fn(async () => ({})) };
  const report = vi.fn();
  createProposalDecisions({ store, api, report }).start();
  findProposals(store, [makeProposal(1), makeProposal(2)]);
  return { store, api, report };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('decisions about proposals', () => {
  it('are told to the server, and nothing else is', async () => {
    const { store, api } = makeService();
    store.apply(hoverProposal(1));
    await settled();
    expect(api.decide).not.toHaveBeenCalled();
    store.apply(rejectProposal(2));
    await settled();
    expect(api.decide).toHaveBeenCalledExactlyOnceWith(1, { rejected: [2], accepted: [] });
    store.apply(restoreProposals());
    await settled();
    expect(api.decide).toHaveBeenLastCalledWith(1, { rejected: [], accepted: [] });
  });

  it('are taken back with the object that was made', async () => {
    const { store, api } = makeService();
    store.apply(takeProposal(makeProposal(1), { key: 'new', logits: { side: 1, values: new Float32Array(1) } }));
    await settled();
    expect(api.decide).toHaveBeenLastCalledWith(1, { rejected: [], accepted: [1] });
    store.apply(undoStep());
    await settled();
    expect(api.decide).toHaveBeenLastCalledWith(1, { rejected: [], accepted: [] });
  });

  it('are sent one after the other, only the newest', async () => {
    const { store, api } = makeService();
    /** @type {() => void} */
    let answer = () => {};
    api.decide.mockImplementationOnce(() => new Promise((resolve) => (answer = () => resolve({}))));
    for (const number of [1, 2, 3]) store.apply(rejectProposal(number));
    expect(api.decide).toHaveBeenCalledOnce();
    answer();
    await settled();
    expect(api.decide).toHaveBeenCalledTimes(2);
    expect(api.decide).toHaveBeenLastCalledWith(1, { rejected: [1, 2, 3], accepted: [] });
  });

  it('that were not kept are reported, and told again later', async () => {
    const { store, api, report } = makeService();
    const problem = new Error('offline');
    api.decide.mockRejectedValueOnce(problem);
    store.apply(rejectProposal(1));
    await settled();
    expect(report).toHaveBeenCalledWith(problem, 'what you decided about proposals was not kept');
    store.apply(rejectProposal(2));
    await settled();
    expect(api.decide).toHaveBeenLastCalledWith(1, { rejected: [1, 2], accepted: [] });
    store.apply(openImage(2));
    await settled();
    expect(api.decide).toHaveBeenCalledTimes(2);
  });
});
