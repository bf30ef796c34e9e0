// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { StatisticsScreen } from '../../../static/js/ui/statistics_screen.js';
import { makeApp, show } from './ui_bench.js';

const COST = {
  object_count: 4,
  image_count: 2,
  measured_count: 2,
  clicks: 6,
  undo_count: 1,
  hand_edits: 0,
  active_ms: 10_000,
};

describe('statistics screen', () => {
  it('shows means, plots over time and by class, and what was not measured', async () => {
    const app = makeApp();
    const read = /** @type {ReturnType<typeof import("vitest").vi.fn>} */ (app.commands.readStatistics);
    read.mockResolvedValue({
      total: COST,
      by_day: [{ ...COST, day: '2026-11-27' }],
      by_category: [
        { ...COST, category_id: 1 },
        { ...COST, category_id: 9 },
      ],
    });
    const { root, text, drawn } = show(StatisticsScreen, { app });
    await drawn();
    await drawn();
    expect(read).toHaveBeenCalledExactlyOnceWith(1);
    expect(text()).toContain('Seconds per mask 5 Clicks per mask 3');
    expect(text()).toContain('2 masks were made without measuring');
    expect(text()).toContain('Nov 27');
    expect(text()).toContain('deleted class');
    expect(root.querySelectorAll('svg[role=img]')).toHaveLength(6);
    expect(root.querySelector('a[download]')?.getAttribute('href')).toBe('/api/projects/1/statistics.csv');
  });
});
