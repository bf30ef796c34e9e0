// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { StateField, StateTag } from '../../../static/js/ui/image_state_view.js';
import { show } from './ui_bench.js';

describe('image state', () => {
  it('has a word beside its dot', () => {
    expect(show(StateTag, { props: { state: 'in_work' } }).text()).toBe('In work');
  });

  it('is chosen from a field', () => {
    const onChoose = vi.fn();
    const { named, text } = show(StateField, { props: { label: 'State', state: null, onChoose } });
    expect(text()).toContain('Set state');
    const field = named('State');
    Object.assign(field, { value: 'reviewed' });
    field.dispatchEvent(new Event('change', { bubbles: true }));
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('reviewed');
  });
});
