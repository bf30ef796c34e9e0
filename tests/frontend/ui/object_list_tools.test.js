// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { ListTools, WHOLE_LIST } from '../../../static/js/ui/object_list_tools.js';
import { show } from './ui_bench.js';

describe('list tools', () => {
  it('narrow the list to a state and to an author', () => {
    const onChange = vi.fn();
    const { named } = show(ListTools, { props: { view: WHOLE_LIST, count: 7, authors: ['', 'Ada'], onChange } });
    /** @type {(name: string, value: string) => void} */
    const choose = (name, value) => void Object.assign(named(name), { value }).dispatchEvent(new Event('change'));
    choose('Only objects in this state', 'locked');
    choose('Only objects of this author', 'by ');
    choose('Only objects of this author', 'by Ada');
    choose('Order of the objects', 'author');
    expect(onChange.mock.calls.map(([view]) => view)).toEqual([
      { ...WHOLE_LIST, state: 'locked' },
      { ...WHOLE_LIST, author: '' },
      { ...WHOLE_LIST, author: 'Ada' },
      { ...WHOLE_LIST, sort: 'author' },
    ]);
  });

  it('do not offer to narrow a few objects down, but show that they are', () => {
    /** @type {(view: object) => number} */
    const selects = (view) => {
      const props = { view: { ...WHOLE_LIST, ...view }, count: 6, authors: [], onChange: vi.fn() };
      return show(ListTools, { props }).root.querySelectorAll('select').length;
    };
    expect(selects({})).toBe(1);
    expect(selects({ state: 'hidden' })).toBe(2);
  });

  it('do not ask for authors where nobody has a name', () => {
    const { root } = show(ListTools, { props: { view: WHOLE_LIST, count: 7, authors: [], onChange: vi.fn() } });
    expect(root.querySelectorAll('select')).toHaveLength(2);
  });
});
