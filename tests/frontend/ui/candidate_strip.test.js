// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { setCanvasSize } from '../../../static/js/state/actions/view_actions.js';
import { language } from '../../../static/js/texts/texts.js';
import { CandidateStrip } from '../../../static/js/ui/candidate_strip.js';
import { answer, clickAndAnswer, makeCandidate } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

const area = { current: document.createElement('div') };
const props = { area };

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

afterEach(() => {
  language.value = 'en';
});

describe('candidate strip', () => {
  it('offers the candidates with what the decoder expects of them', async () => {
    const { app, named, click } = show(CandidateStrip, { app: makeChoice(), props });
    expect(named('Candidate 1, predicted IoU 0.91').getAttribute('aria-checked')).toBe('true');
    await click('Candidate 2, predicted IoU 0.50');
    expect(app.commands.chooseCandidate).toHaveBeenCalledWith(1);
  });

  it('writes its numbers as the language does', () => {
    language.value = 'de';
    const { root } = show(CandidateStrip, { app: makeChoice(), props });
    expect([...root.querySelectorAll('.score')].map((score) => score.textContent)).toEqual(['0,91', '0,50', '0,10']);
  });

  const anywhere = { bubbles: true, cancelable: true };
  it.each([
    ['the other button', PointerEvent, 'pointerdown', { button: 2, clientX: 7 }],
    ['a click with Alt', PointerEvent, 'pointerdown', { altKey: true, clientX: 7 }],
    ['the wheel', WheelEvent, 'wheel', { deltaY: 3 }],
  ])('passes %s on to the photograph', (_, Kind, type, fields) => {
    const { named } = show(CandidateStrip, { app: makeChoice(), props });
    const got = vi.fn();
    area.current.addEventListener(type, got, { once: true });
    named('Candidate 2, predicted IoU 0.50').dispatchEvent(new Kind(type, { ...fields, ...anywhere }));
    expect(got).toHaveBeenCalledOnce();
    expect(got.mock.calls[0][0]).toMatchObject(fields);
  });

  it('keeps a plain press', () => {
    const { named } = show(CandidateStrip, { app: makeChoice(), props });
    const got = vi.fn();
    area.current.addEventListener('pointerdown', got);
    named('Candidate 1, predicted IoU 0.91').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    area.current.removeEventListener('pointerdown', got);
    expect(got).not.toHaveBeenCalled();
  });

  it('is not there when there is no choice', () => {
    const app = makeApp();
    app.store.apply(setCanvasSize({ width: 900, height: 500 }));
    clickAndAnswer(app.store);
    expect(show(CandidateStrip, { app, props }).text()).toBe('');
  });
});
