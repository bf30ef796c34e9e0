// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { setCanvasSize } from '../../../static/js/state/actions/view_actions.js';
import { CandidateStrip } from '../../../static/js/ui/candidate_strip.js';
import { answer, clickAndAnswer, makeCandidate } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

function makeChoice() {
  const app = makeApp();
  app.store.apply(setCanvasSize({ width: 900, height: 500 }));
  app.store.apply(addPoint(imagePoint(15, 25), 1));
  answer(app.store, [
    makeCandidate({ predictedIou: 0.91 }),
    makeCandidate({ token: 2, predictedIou: 0.5 }),
    makeCandidate({ token: 3, area: 0, predictedIou: 0.1 }),
  ]);
  return app;
}

describe('candidate strip', () => {
  it('offers the candidates with what the decoder expects of them', async () => {
    const { app, named, click } = show(CandidateStrip, { app: makeChoice() });
    expect(named('Candidate 1, predicted IoU 0.91').getAttribute('aria-checked')).toBe('true');
    await click('Candidate 2, predicted IoU 0.50');
    expect(app.commands.chooseCandidate).toHaveBeenCalledWith(1);
  });

  it('is not there when there is no choice', () => {
    const app = makeApp();
    app.store.apply(setCanvasSize({ width: 900, height: 500 }));
    clickAndAnswer(app.store);
    expect(show(CandidateStrip, { app }).text()).toBe('');
  });
});
