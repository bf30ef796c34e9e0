// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { rejectProposal, setProposalFilter, showProposals } from '../../../static/js/state/actions/proposal_actions.js';
import { chooseTool } from '../../../static/js/state/actions/view_actions.js';
import { ProposalPanel, nothingText } from '../../../static/js/ui/proposal_panel.js';
import { findProposals, makeProposal } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

function appWithTool() {
  const app = makeApp();
  app.store.apply(chooseTool('proposal'));
  return app;
}

describe('proposal panel', () => {
  it('is there with its tool only', () => {
    expect(show(ProposalPanel).text()).toBe('');
  });

  it('offers the search', async () => {
    const { app, click } = show(ProposalPanel, { app: appWithTool() });
    await click('Propose');
    expect(app.commands.propose).toHaveBeenCalledOnce();
  });

  it('shows how far the search is, and ends it', async () => {
    const app = appWithTool();
    app.store.apply(
      showProposals(1, { phase: 'running', share: 0.42, modelId: '', items: [], rejected: {}, accepted: {} }),
    );
    const { named, click } = show(ProposalPanel, { app });
    expect(named('Search').getAttribute('aria-valuenow')).toBe('42');
    await click('Cancel');
    expect(app.commands.cancelProposals).toHaveBeenCalledOnce();
  });

  it('lists what is offered and decides about each', async () => {
    const app = appWithTool();
    findProposals(app.store, [makeProposal(1), makeProposal(2)]);
    const { find, click, text } = show(ProposalPanel, { app });
    expect(text()).toContain('0.80 · 0.90');
    await click('Accept proposal 2');
    await click('Reject proposal 1');
    expect(app.commands.takeProposal).toHaveBeenCalledWith(2);
    expect(app.commands.rejectProposal).toHaveBeenCalledWith(1);
    find('li').dispatchEvent(new MouseEvent('mouseenter'));
    expect(app.commands.hoverProposal).toHaveBeenCalledWith(1);
  });

  it('accepts all that are shown', async () => {
    const app = appWithTool();
    findProposals(app.store, [makeProposal(1), makeProposal(2)]);
    const { click, text } = show(ProposalPanel, { app });
    expect(text()).toContain('Accept these 2');
    await click('Accept these 2');
    expect(app.commands.takeAllProposals).toHaveBeenCalledOnce();
  });

  it('has nothing to accept when nothing is shown', () => {
    const app = appWithTool();
    findProposals(app.store, []);
    expect(show(ProposalPanel, { app }).text()).not.toContain('Accept');
  });

  it('moves the thresholds', () => {
    const app = appWithTool();
    findProposals(app.store, [makeProposal(1)]);
    const { named } = show(ProposalPanel, { app });
    const slider = /** @type {HTMLInputElement} */ (named('Stability at least'));
    slider.value = '0.75';
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    expect(app.commands.setProposalFilter).toHaveBeenCalledWith({ stability: 0.75 });
  });

  it('brings rejected ones back', async () => {
    const app = appWithTool();
    findProposals(app.store, [makeProposal(1), makeProposal(2)]);
    app.store.apply(rejectProposal(1));
    const { click } = show(ProposalPanel, { app });
    await click('Restore 1 rejected');
    expect(app.commands.restoreProposals).toHaveBeenCalledOnce();
  });

  it('says how many of those that wait are offered', async () => {
    const app = appWithTool();
    findProposals(app.store, [makeProposal(1), makeProposal(2), makeProposal(3, { predictedIou: 0.6 })]);
    app.store.apply(setProposalFilter({ predictedIou: 0.5 }));
    const { find, drawn } = show(ProposalPanel, { app });
    expect(find('h2').textContent).toMatch(/Proposals\s+3\s*$/);
    app.store.apply(setProposalFilter({ predictedIou: 0.7 }));
    await drawn();
    expect(find('h2').textContent).toMatch(/2 of 3/);
  });

  it('leaves the room to what is to decide', async () => {
    const app = appWithTool();
    const { find, drawn } = show(ProposalPanel, { app });
    expect(find('.project-search').hasAttribute('open')).toBe(true);
    findProposals(app.store, [makeProposal(1)]);
    await drawn();
    expect(find('.proposals').classList).toContain('deciding');
    expect(find('.project-search').hasAttribute('open')).toBe(false);
  });

  it('says why nothing is offered', async () => {
    const app = appWithTool();
    findProposals(app.store, [makeProposal(1), makeProposal(2, { predictedIou: 0.4 })]);
    const { text, drawn } = show(ProposalPanel, { app });
    app.store.apply(setProposalFilter({ predictedIou: 1 }));
    await drawn();
    expect(text()).toContain('No proposal is this sure. Move the thresholds');
    app.store.apply(setProposalFilter({ predictedIou: 0.7 }));
    app.store.apply(rejectProposal(1));
    await drawn();
    expect(text()).toContain('All proposals that are this sure are decided.');
    expect(text()).toContain('for 1 that is less sure');
    app.store.apply(rejectProposal(2));
    await drawn();
    expect(text()).toContain('All proposals are decided.');
    expect(nothingText([], { open: 0, sureDecided: 0 })).toContain('found nothing');
  });
});
