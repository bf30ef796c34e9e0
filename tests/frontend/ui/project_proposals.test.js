// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { showProjectProposals } from '../../../static/js/state/actions/proposal_actions.js';
import { ProjectProposals, endText } from '../../../static/js/ui/project_proposals.js';
import { makeApp, show } from './ui_bench.js';

describe('proposals for the project', () => {
  it('are offered', async () => {
    const app = makeApp();
    const { click } = show(ProjectProposals, { app });
    await click('Propose for all images');
    expect(app.commands.proposeAll).toHaveBeenCalledOnce();
  });

  it('show how far they are, and end', async () => {
    const app = makeApp();
    app.store.apply(showProjectProposals({ total: 40, done: 12, waiting: 28, failed: 0 }));
    const { find, click, text } = show(ProjectProposals, { app });
    expect(text()).toContain('12 of 40 images searched');
    expect(/** @type {HTMLProgressElement} */ (find('progress')).getAttribute('max')).toBe('40');
    await click('Stop');
    expect(app.commands.cancelAllProposals).toHaveBeenCalledOnce();
  });

  it('say what came of them', () => {
    const app = makeApp();
    app.store.apply(showProjectProposals({ total: 2, done: 2, waiting: 0, failed: 0 }));
    expect(show(ProjectProposals, { app }).text()).toContain('2 images are searched.');
    expect(endText({ done: 1, failed: 1 })).toBe('1 image could not be searched.');
  });
});
