// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { setThreshold } from '../../../static/js/state/actions/threshold_actions.js';
import { ThresholdBar } from '../../../static/js/ui/threshold_bar.js';
import { answer, clickAndAnswer, makeCandidate, makeReading } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

function appWithAnswer() {
  const app = makeApp();
  app.store.apply(addPoint(imagePoint(15, 25), 1));
  answer(app.store, [makeCandidate({ placement: makeReading().placement })]);
  return app;
}

describe('threshold bar', () => {
  it('moves the threshold with its slider', async () => {
    const app = appWithAnswer();
    const { root } = show(ThresholdBar, { app });
    const slider = /** @type {HTMLInputElement} */ (root.querySelector('input[type=range]'));
    slider.value = '2.5';
    slider.dispatchEvent(new Event('input'));
    expect(app.commands.setThreshold).toHaveBeenCalledWith(2.5);
  });

  it('shows where the threshold is, and goes back to that of the model', async () => {
    const app = appWithAnswer();
    const { text, named, click, drawn } = show(ThresholdBar, { app });
    expect(named('0.00').hasAttribute('disabled')).toBe(true);
    app.store.apply(setThreshold(-1.5));
    await drawn();
    expect(text()).toContain('\u22121.50');
    await click('\u22121.50');
    expect(app.commands.setThreshold).toHaveBeenCalledWith(null);
  });

  it('switches the view of what the decoder is unsure of', async () => {
    const app = appWithAnswer();
    const { click } = show(ThresholdBar, { app });
    await click('Unsure');
    expect(app.commands.toggleUncertainty).toHaveBeenCalledOnce();
  });

  it('is not there where another decoder answered', () => {
    const app = makeApp();
    clickAndAnswer(app.store);
    expect(show(ThresholdBar, { app }).text()).toBe('');
  });
});
