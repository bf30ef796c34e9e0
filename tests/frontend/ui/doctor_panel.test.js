// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { DoctorPanel } from '../../../static/js/ui/doctor_panel.js';
import { makeApp, show } from './ui_bench.js';

const GOOD = { name: 'Cores', value: '4', good: true, advice: '' };
const POOR = { name: 'Shared memory', value: 'no', good: false, advice: 'Use a newer browser.' };

function open() {
  const app = makeApp();
  app.doctor.examine = vi.fn(async () => [GOOD, POOR]);
  return show(DoctorPanel, { app });
}

describe('doctor panel', () => {
  it('shows what was found, and what to do where it is poor', async () => {
    const { root, text, drawn } = open();
    await drawn();
    expect(text()).toContain('Cores 4 Shared memory no Use a newer browser.');
    expect(root.querySelectorAll('.finding.poor')).toHaveLength(1);
    expect(root.querySelector('.finding.poor dd svg')).not.toBeNull();
  });

  it('measures again and says how that went', async () => {
    const { app, text, click } = open();
    await click('Measure again');
    expect(app.doctor.measure).toHaveBeenCalledOnce();
    expect(text()).toContain('Measured');
    app.doctor.measure = vi.fn(async () => false);
    await click('Measure again');
    expect(text()).toContain('Open an image that can be clicked on, then measure again.');
  });

  it('copies the findings', async () => {
    const { app, text, click } = open();
    await vi.waitFor(() => expect(text()).toContain('Cores'));
    await click('Copy report');
    expect(app.doctor.copy).toHaveBeenCalledExactlyOnceWith([GOOD, POOR]);
    expect(text()).toContain('Copied');
  });
});
