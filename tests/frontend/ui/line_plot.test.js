// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { LinePlot } from '../../../static/js/ui/line_plot.js';
import { show } from './ui_bench.js';

describe('line plot', () => {
  it('draws the line from the start to now, falling where the values fall, and names the ends', () => {
    const points = [
      { seconds: 0, value: 6 },
      { seconds: 60, value: 3 },
    ];
    const props = { title: 'Clicks', points, level: 6, levelName: 'before' };
    const { root, text } = show(LinePlot, { props });
    const [start, end] = (root.querySelector('polyline')?.getAttribute('points') ?? '')
      .split(' ')
      .map((pair) => pair.split(',').map(Number));
    expect(end[0]).toBeGreaterThan(start[0]);
    expect(end[1]).toBeGreaterThan(start[1]);
    expect(Number(root.querySelector('.plot-level')?.getAttribute('y1'))).toBeCloseTo(start[1], 0);
    expect(root.querySelector('svg')?.getAttribute('aria-label')).toBe('Clicks. before: 6, 60 s: 3');
    expect(text()).toContain('60 s');
  });

  it('draws a single point', () => {
    const props = { title: 'Clicks', points: [{ seconds: 0, value: 6 }], level: 6, levelName: 'before' };
    expect(show(LinePlot, { props }).root.querySelectorAll('circle')).toHaveLength(1);
  });
});
