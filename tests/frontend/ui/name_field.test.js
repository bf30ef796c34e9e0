// @vitest-environment happy-dom
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
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

it('is not spell-checked, nor is any other field: Preact sets the property, where every text means yes', () => {
  const folder = path.resolve(import.meta.dirname, '../../../static/js/ui');
  const sources = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  expect(sources.filter((source) => source.includes('spellcheck=${false}')).length).toBeGreaterThan(5);
  expect(sources.filter((source) => /spellcheck="/.test(source))).toEqual([]);
});
