// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { LongName, shortened } from '../../../static/js/ui/long_name.js';
import { show } from './ui_bench.js';

describe('a long name', () => {
  it('is cut at its end in a sentence, never within a sign', () => {
    expect(shortened('cat', 3)).toBe('cat');
    expect(shortened('a long name', 8)).toBe('a long…');
    expect(shortened('🐈🐈🐈🐈', 3)).toBe('🐈🐈…');
  });

  it('keeps its end where the middle gives way, and is whole as a tooltip', () => {
    const name = 'IMG_2026-11-28_terrace_0042.jpg';
    const { find, root } = show(LongName, { props: { name } });
    expect(find('.file-name').title).toBe(name);
    expect(find('.tail').textContent).toBe('e_0042.jpg');
    expect(root.textContent?.trim()).toBe(name);
    expect(show(LongName, { props: { name: 'cup.jpg' } }).root.querySelector('.tail')).toBeNull();
  });
});
