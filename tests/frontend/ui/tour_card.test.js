// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { addImages, openImage } from '../../../static/js/state/actions/image_actions.js';
import { beginTour, nextTourStep } from '../../../static/js/state/actions/tour_actions.js';
import { TOUR_STEPS } from '../../../static/js/state/tour.js';
import { TourCard } from '../../../static/js/ui/tour_card.js';
import { makeImage } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

function showTour() {
  const app = makeApp();
  app.store.apply(addImages([makeImage(9)]));
  app.store.apply(openImage(9));
  app.store.apply(beginTour(9));
  return show(TourCard, { app });
}

describe('tour card', () => {
  it('tells each step, and how to do it without a mouse', async () => {
    const { app, text, drawn } = showTour();
    expect(text()).toContain('Step 1 of 6');
    expect(text()).toContain('arrow keys');
    const titles = new Set();
    for (const step of TOUR_STEPS) {
      titles.add(text());
      if (step !== TOUR_STEPS.at(-1)) app.store.apply(nextTourStep());
      await drawn();
    }
    expect(titles.size).toBe(TOUR_STEPS.length);
    expect(text()).toContain('That is the whole way');
  });

  it('marks the place on the photograph', async () => {
    const { app, find, root, drawn } = showTour();
    expect(find('.tour-mark').style.left).toBe('352px');
    for (let step = 0; step < 3; step += 1) app.store.apply(nextTourStep());
    await drawn();
    expect(find('.tour-mark.boxed').style.width).toBe('114px');
    app.store.apply(nextTourStep());
    await drawn();
    expect(root.querySelector('.tour-mark')).toBeNull();
  });

  it('can be skipped step by step, or as a whole', async () => {
    const { app, click, text, drawn } = showTour();
    await click('Skip this step');
    await click('End the tour');
    expect(app.commands.nextTourStep).toHaveBeenCalledOnce();
    expect(app.commands.endTour).toHaveBeenCalledOnce();
    app.store.apply(openImage(1));
    await drawn();
    expect(text()).toBe('');
  });
});
