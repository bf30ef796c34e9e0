// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { Icon } from '../../../static/js/ui/icons.js';
import { show } from './ui_bench.js';

describe('icon', () => {
  it('is drawn in its size and hidden from readers', () => {
    const { root } = show(Icon, { props: { name: 'trash', size: 15 } });
    const svg = root.querySelector('svg');
    expect(svg?.getAttribute('width')).toBe('15');
    expect(svg?.getAttribute('aria-hidden')).toBe('true');
    expect(root.querySelector('path')?.getAttribute('d')).toMatch(/^M/);
  });
});
