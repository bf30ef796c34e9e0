// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { addPoint, openObject } from '../../../static/js/state/actions/prompt_actions.js';
import { setProjects } from '../../../static/js/state/actions/project_actions.js';
import { chooseTool } from '../../../static/js/state/actions/view_actions.js';
import { OptionBar } from '../../../static/js/ui/option_bar.js';
import { answer, clickAndAnswer, makeCandidate, makeObject, makeProject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('option bar', () => {
  it('changes with the tool', async () => {
    const { app, text, named, click, drawn } = show(OptionBar);
    expect(named('Foreground').getAttribute('aria-pressed')).toBe('true');
    await click('Background');
    expect(app.commands.choosePointLabel).toHaveBeenCalledWith(0);
    await click('Preview');
    expect(app.commands.toggleHover).toHaveBeenCalledOnce();
    app.store.apply(chooseTool('box'));
    await drawn();
    expect(text()).toContain('Drag around an object');
    expect(text()).not.toContain('Foreground');
  });

  it('offers to take pixels only where they belong to one object', async () => {
    const { app, text, click, drawn } = show(OptionBar);
    expect(text()).not.toContain('Take pixels');
    app.store.apply(setProjects([makeProject(1, { overlap: 'exclusive' })]));
    await drawn();
    await click('Take pixels');
    expect(app.commands.toggleTakesPixels).toHaveBeenCalledOnce();
  });

  it('chooses the reading of a click before there is one', async () => {
    const { app, named, click, drawn, text } = show(OptionBar);
    expect(named('Best').getAttribute('aria-pressed')).toBe('true');
    await click('Sub-part');
    expect(app.commands.chooseReading).toHaveBeenCalledWith('subpart');
    clickAndAnswer(app.store);
    await drawn();
    expect(text()).not.toContain('Sub-part');
  });

  it('ends the open object one way or the other', async () => {
    const app = makeApp();
    clickAndAnswer(app.store);
    const { text, click } = show(OptionBar, { app });
    expect(text()).toContain('New: cat 1 prompt');
    await click('Accept');
    await click('Discard');
    expect(app.commands.accept).toHaveBeenCalledOnce();
    expect(app.commands.discard).toHaveBeenCalledOnce();
  });

  it('cannot accept before the answer, and says when the mask is empty', async () => {
    const app = makeApp();
    app.store.apply(addPoint(imagePoint(5, 5), 1));
    const { text, named, drawn } = show(OptionBar, { app });
    expect(named('Accept').hasAttribute('disabled')).toBe(true);
    answer(app.store, [makeCandidate({ area: 0 })]);
    await drawn();
    expect(text()).toContain('empty mask');
  });

  it('names a refinement', () => {
    const app = makeApp();
    app.store.apply(openObject(makeObject('a'), makeCandidate(), null));
    const { text, named } = show(OptionBar, { app });
    expect(text()).toContain('Refining: cat');
    expect(named('Cancel')).toBeTruthy();
  });
});
