// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { BarPlot } from '../../../static/js/ui/bar_plot.js';
import { show } from './ui_bench.js';

describe('bar plot', () => {
  it('draws bars from zero, says its values, and can be saved', async () => {
    const bars = [
      { label: 'Monday', value: 2 },
      { label: 'Tuesday', value: null },
      { label: 'Wednesday', value: 4 },
    ];
    const { app, root, find, click } = show(BarPlot, { props: { title: 'Clicks', fileName: 'clicks', bars } });
    const heights = [...root.querySelectorAll('rect')].map((bar) => Number(bar.getAttribute('height')));
    expect(heights).toHaveLength(2);
    expect(heights[1] / heights[0]).toBeCloseTo(2);
    expect(root.querySelector('svg[role=img]')?.getAttribute('aria-label')).toBe('Clicks. Monday: 2, Wednesday: 4');
    await click('Save the plot Clicks');
    expect(app.commands.savePlot).toHaveBeenCalledExactlyOnceWith('clicks', expect.stringContaining('<svg'));
    expect(find('.plot')).toBeTruthy();
  });

  it('says so when nothing was measured', () => {
    expect(show(BarPlot, { props: { title: 'Clicks', fileName: 'clicks', bars: [] } }).text()).toContain(
      'Nothing measured',
    );
  });
});
