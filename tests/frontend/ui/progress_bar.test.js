// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { ProgressBar, progressText } from '../../../static/js/ui/progress_bar.js';
import { show } from './ui_bench.js';

const NONE = { new: 0, in_work: 0, done: 0, reviewed: 0, skipped: 0 };

describe('progress bar', () => {
  it('says how far it is', () => {
    expect(progressText(NONE, null)).toBe('No photographs yet');
    expect(progressText({ ...NONE, new: 2, done: 1, reviewed: 1, skipped: 3 }, 30)).toBe(
      '2 of 7 done · 3 skipped · about 30 s left',
    );
    expect(progressText({ ...NONE, done: 2 }, 0)).toBe('2 of 2 done');
  });

  it('is a bar for readers too', () => {
    const { find } = show(ProgressBar, { props: { counts: { ...NONE, done: 1, new: 3 }, secondsLeft: null } });
    const bar = find('[role=progressbar]');
    expect(bar.getAttribute('aria-valuenow')).toBe('1');
    expect(bar.getAttribute('aria-valuemax')).toBe('4');
    expect(/** @type {HTMLElement} */ (bar.querySelector('.done')).style.width).toBe('25%');
    expect(bar.children).toHaveLength(1); // a part of no width would still take a gap
  });
});
