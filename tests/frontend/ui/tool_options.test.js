// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { addOutlinePoint, setOutline } from '../../../static/js/state/actions/outline_actions.js';
import { selectObjects } from '../../../static/js/state/actions/selection_actions.js';
import { BrushSize, OutlineOptions, SelectionOptions } from '../../../static/js/ui/tool_options.js';
import { makeApp, show } from './ui_bench.js';

/** @param {string} value where the slider of the page goes to */
function slide(value) {
  const slider = /** @type {HTMLInputElement} */ (document.querySelector('input[type=range]'));
  slider.value = value;
  slider.dispatchEvent(new Event('input', { bubbles: true }));
}

describe('tool options', () => {
  it('size the brush by doublings', () => {
    const { app, text } = show(BrushSize);
    expect(text()).toContain('40 px');
    slide('24');
    expect(app.commands.setBrushSize).toHaveBeenCalledWith(64);
  });

  it('end the outline that is drawn', async () => {
    const app = makeApp();
    app.store.apply(addOutlinePoint(imagePoint(5, 5), false));
    const { text, click } = show(OutlineOptions, { app });
    expect(text()).toContain('1 point');
    expect(document.querySelector('input')).toBeNull();
    await click('Close');
    await click('Discard');
    expect(app.commands.accept).toHaveBeenCalledOnce();
    expect(app.commands.stepBack).toHaveBeenCalledOnce();
  });

  it('simplify the outline of a mask', () => {
    const app = makeApp();
    const exact = [[imagePoint(0, 0), imagePoint(9, 0), imagePoint(9, 9)]];
    app.store.apply(setOutline({ rings: exact, exact, open: false, erases: false, tolerance: 1, key: null }));
    const { text } = show(OutlineOptions, { app });
    expect(text()).toContain('3 points');
    slide('10');
    expect(app.commands.simplifyOutline).toHaveBeenCalledWith(2.5);
  });

  it('show what can be done to a selection', async () => {
    const app = makeApp();
    const { text, named, click, drawn } = show(SelectionOptions, { app });
    expect(text()).toBe('');
    app.store.apply(selectObjects(['a']));
    await drawn();
    expect(named('Unite').hasAttribute('disabled')).toBe(true);
    await click('Fill holes');
    expect(app.commands.fillHoles).toHaveBeenCalledOnce();
    app.store.apply(selectObjects(['a', 'b']));
    await drawn();
    await click('Subtract');
    expect(app.commands.combineSelected).toHaveBeenCalledWith('subtract');
    expect(text()).toContain('2 selected');
  });
});
