// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { NameField } from '../../../static/js/ui/name_field.js';
import { show } from './ui_bench.js';

describe('name field', () => {
  it('reports once, although leaving the field follows Enter', () => {
    const onDone = vi.fn();
    const { named } = show(NameField, { props: { label: 'Name', value: 'cat', onDone } });
    const field = named('Name');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    field.dispatchEvent(new FocusEvent('blur'));
    expect(onDone).toHaveBeenCalledExactlyOnceWith('cat');
  });

  it('keeps the name when the field is left, and gives it up on Escape', () => {
    const onDone = vi.fn();
    const props = { label: 'Name', value: 'cat', onDone };
    show(NameField, { props }).named('Name').dispatchEvent(new FocusEvent('blur'));
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true });
    show(NameField, { props }).named('Name').dispatchEvent(escape);
    expect(onDone.mock.calls).toEqual([['cat'], ['']]);
  });
});
