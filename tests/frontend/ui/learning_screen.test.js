// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { LearningScreen } from '../../../static/js/ui/learning_screen.js';
import { lessons, models, tuning } from './learning_builders.js';
import { makeApp, show } from './ui_bench.js';

/** @import {LearningJson} from '../../../static/js/learning_types.js' */

/** @param {...LearningJson} answers of the server, one after the other; the last one repeats */
function showScreen(...answers) {
  const app = makeApp();
  const read = /** @type {ReturnType<typeof vi.fn>} */ (app.commands.readLearning);
  read.mockImplementation(async () => (answers.length > 1 ? answers.shift() : answers[0]));
  return { read, ...show(LearningScreen, { app }) };
}

describe('learning screen', () => {
  it('says what there is to learn from, by class', async () => {
    const { text, drawn } = showScreen({ lessons: lessons({ left_out: 3 }), tuning: tuning(), models: models() });
    await drawn();
    await drawn();
    expect(text()).toContain('Photographs to learn from 40 Masks on them 200');
    expect(text()).toContain('Photographs kept apart 10');
    expect(text()).toMatch(/cat\s+250/);
    expect(text()).toContain('3 masks are left out');
  });

  it('says what is missing when there is too little', async () => {
    const little = lessons({
      image_count: 3,
      held_out_image_count: 0,
      mask_count: 7,
      held_out_mask_count: 0,
      is_enough: false,
    });
    const { root, text, drawn } = showScreen({ lessons: little, tuning: tuning(), models: models() });
    await drawn();
    await drawn();
    expect(text()).toContain('It takes 10 photographs with 50 accepted masks; there are 3 with 7.');
    expect(root.querySelector('button[type=submit]')?.hasAttribute('disabled')).toBe(true);
  });

  it('asks again while a run goes on, and no longer', async () => {
    vi.useFakeTimers();
    const going = tuning({ state: 'tuning', done: 1, total: 4 });
    const { read } = showScreen(
      { lessons: lessons(), tuning: going, models: models() },
      { lessons: lessons(), tuning: tuning({ state: 'done' }), models: models() },
    );
    await vi.advanceTimersByTimeAsync(1500);
    expect(read).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(5000);
    expect(read).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});
