// @vitest-environment happy-dom
import { html } from 'htm/preact';
import { describe, expect, it } from 'vitest';
import { VirtualList } from '../../../static/js/ui/virtual_list.js';
import { show } from './ui_bench.js';

const items = Array.from({ length: 5000 }, (_, index) => `row ${index}`);
const props = {
  items,
  rowHeight: 40,
  label: 'Rows',
  keyOf: (/** @type {string} */ item) => item,
  row: (/** @type {string} */ item) => html`<li key=${item}>${item}</li>`,
};

describe('virtual list', () => {
  it('makes only the rows in sight, in a list as high as all of them', async () => {
    const { root, find, drawn } = show(VirtualList, { props });
    const frame = find('.virtual');
    Object.defineProperty(frame, 'clientHeight', { value: 400 });
    frame.scrollTop = 100_000;
    frame.dispatchEvent(new Event('scroll'));
    await drawn();
    const shown = [...root.querySelectorAll('li')].map((row) => row.textContent);
    expect(shown[0]).toBe('row 2494');
    expect(shown).toHaveLength(22);
    expect(find('ul').style.height).toBe('200000px');
  });

  it('brings a row into sight', async () => {
    const { find, drawn } = show(VirtualList, { props: { ...props, shownKey: 'row 4000' } });
    await drawn();
    expect(find('.virtual').scrollTop).toBeGreaterThan(150_000);
  });
});
