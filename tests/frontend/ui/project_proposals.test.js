// @vitest-environment happy-dom
import { html } from 'htm/preact';
import { describe, expect, it } from 'vitest';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { setProposalReview, showProjectProposals } from '../../../static/js/state/actions/proposal_actions.js';
import { ProjectProposals, endText } from '../../../static/js/ui/project_proposals.js';
import { makeApp, show } from './ui_bench.js';

describe('proposals for the project', () => {
  it('are offered', async () => {
    const app = makeApp();
    const { click } = show(ProjectProposals, { app });
    await click('Propose for all images');
    expect(app.commands.proposeAll).toHaveBeenCalledOnce();
  });

  it('take a file with the boxes of a detector', async () => {
    const app = makeApp();
    const { named, drawn } = show(ProjectProposals, { app });
    const file = new File(['[]'], 'boxes.json');
    const input = named('File with the boxes of a detector');
    Object.defineProperty(input, 'files', { value: [file] });
    input.dispatchEvent(new Event('change'));
    await drawn();
    expect(app.commands.bringBoxes).toHaveBeenCalledWith(file);
  });

  it('show how far they are, and end', async () => {
    const app = makeApp();
    app.store.apply(showProjectProposals({ total: 40, done: 12, waiting: 28, failed: 0, failures: [] }));
    const { find, click, text } = show(ProjectProposals, { app });
    expect(text()).toContain('12 of 40 images searched');
    expect(/** @type {HTMLProgressElement} */ (find('progress')).getAttribute('max')).toBe('40');
    await click('Stop');
    expect(app.commands.cancelAllProposals).toHaveBeenCalledOnce();
  });

  it('say what came of them', () => {
    const app = makeApp();
    app.store.apply(showProjectProposals({ total: 2, done: 2, waiting: 0, failed: 0, failures: [] }));
    const { find, text } = show(() => html`<${ProjectProposals} folded=${true} />`, { app });
    expect(text()).toContain('2 images are searched.');
    expect(find('details').hasAttribute('open')).toBe(true);
    expect(endText({ done: 1, failed: 1 })).toBe('1 image could not be searched.');
  });

  it('are reviewed image by image', async () => {
    const app = makeApp();
    const images = [3, 1].map((id) => ({ image_id: id, file_name: `${id}.jpg`, undecided: 2, score: 0.5 }));
    const { click, text, drawn } = show(ProjectProposals, { app });
    await click('Review all images');
    app.store.apply(setProposalReview({ images, total: 5 }));
    await drawn();
    expect(text()).toContain('Image 4 of 5 to review');
    await click('Back to 3.jpg');
    expect(app.commands.reviewProposals).toHaveBeenCalledTimes(2);
    app.store.apply(openImage(3));
    await drawn();
    await click('Leave for later');
    expect(app.commands.skipReviewed).toHaveBeenCalledOnce();
    await click('End the review');
    expect(app.commands.endReview).toHaveBeenCalledOnce();
  });

  it('name the images that failed, with the reason, and lead there', async () => {
    const app = makeApp();
    const error = { code: 'image_broken', message: 'the file is cut short', hint: 'add it again' };
    const failures = [{ image_id: 5, file_name: 'street.jpg', error }];
    app.store.apply(showProjectProposals({ total: 2, done: 1, waiting: 0, failed: 1, failures }));
    const { click, text } = show(ProjectProposals, { app });
    expect(text()).toContain('the file is cut short');
    await click('street.jpg');
    expect(app.commands.workOn).toHaveBeenCalledWith(5);
  });
});
