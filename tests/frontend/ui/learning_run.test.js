// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { LearningRun, isGoingOn } from '../../../static/js/ui/learning_run.js';
import { CURVE, tuning } from './learning_builders.js';
import { show } from './ui_bench.js';

/** @import {TuningJson} from '../../../static/js/learning_types.js' */

/** @param {Partial<TuningJson>} change what the run is */
function showRun(change) {
  const onChange = vi.fn();
  const props = { projectId: 7, tuning: tuning(change), isEnough: true, onChange };
  return { onChange, ...show(LearningRun, { props }) };
}

describe('learning run', () => {
  it('starts with the minutes that were chosen', async () => {
    const { app, root, onChange, drawn } = showRun({});
    const start = /** @type {ReturnType<typeof vi.fn>} */ (app.commands.startTuning);
    start.mockResolvedValue(true);
    const field = /** @type {HTMLInputElement} */ (root.querySelector('input[name=minutes]'));
    field.value = '25';
    field.dispatchEvent(new Event('input'));
    await drawn();
    root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
    expect(start).toHaveBeenCalledExactlyOnceWith(7, 25);
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('shows how far it is, with its curve, and can be cancelled', async () => {
    const { app, text, click, root } = showRun({
      ...{ state: 'tuning', project_name: 'cells', done: 30, total: 120 },
      ...{ before: CURVE[0].scores, curve: CURVE },
    });
    const cancel = /** @type {ReturnType<typeof vi.fn>} */ (app.commands.cancelTuning);
    cancel.mockResolvedValue(true);
    expect(text()).toContain('Run on cells');
    expect(text()).toContain('Learning, 25 %');
    expect(root.querySelector('svg[role=img]')?.getAttribute('aria-label')).toContain('before: 6');
    await click('Cancel');
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('says what came of it', () => {
    const done = { state: /** @type {const} */ ('done'), before: CURVE[0].scores, curve: CURVE };
    expect(showRun({ ...done, model_id: 'one' }).text()).toContain('6 before, 3.25 after');
    expect(showRun(done).text()).toContain('Nothing was better');
    expect(showRun({ state: 'cancelled' }).text()).toContain('nothing was kept');
    const error = { code: 'tuning_failed', message: 'it broke', hint: 'start it again' };
    expect(showRun({ state: 'failed', error }).text()).toContain('It broke Start it again');
  });

  it('goes on with a run that was interrupted, or forgets it', async () => {
    const { app, click } = showRun({ state: 'interrupted', project_name: 'cells' });
    const resume = /** @type {ReturnType<typeof vi.fn>} */ (app.commands.resumeTuning);
    const cancel = /** @type {ReturnType<typeof vi.fn>} */ (app.commands.cancelTuning);
    resume.mockResolvedValue(true);
    cancel.mockResolvedValue(true);
    await click('Go on');
    await click('Forget it');
    expect([resume.mock.calls.length, cancel.mock.calls.length]).toEqual([1, 1]);
  });

  it('knows which states mean work', () => {
    expect(isGoingOn(tuning({ state: 'exporting' }))).toBe(true);
    expect(isGoingOn(tuning({ state: 'interrupted' }))).toBe(false);
  });
});
