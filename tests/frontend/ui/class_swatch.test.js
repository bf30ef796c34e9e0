// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { ClassSwatch } from '../../../static/js/ui/class_swatch.js';
import { show } from './ui_bench.js';

describe('swatch of a class', () => {
  it('is a field of its colour', () => {
    const { find, root } = show(ClassSwatch, {
      props: { category: { color: '#56b4e9' }, tag: 'label', title: 'Colour' },
    });
    expect(find('label.swatch').style.background).toContain('#56b4e9');
    expect(find('.swatch').title).toBe('Colour');
    expect(root.querySelector('svg')).toBeNull();
  });

  it('shows its pattern in its colour', () => {
    const { find, root } = show(ClassSwatch, { props: { category: { color: '#56b4e9', pattern: 'dots' } } });
    expect(find('.swatch.patterned').style.color).toBe('#56b4e9');
    expect(root.querySelectorAll('svg path').length).toBeGreaterThan(4);
    expect(show(ClassSwatch, { props: { category: null } }).root.querySelector('.swatch')).not.toBeNull();
  });
});
