// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { RefusalView } from '../../../static/js/ui/refusal_view.js';
import { show } from './ui_bench.js';

describe('refusal', () => {
  it('has own words for what people meet', () => {
    const { text } = show(RefusalView, { props: { refusal: { code: 'owner_last', message: 'x', hint: 'y' } } });
    expect(text()).toBe('One owner who can sign in must remain. Make somebody else an owner first.');
  });

  it('shows the words of the server otherwise, and nothing without a refusal', () => {
    const refusal = { code: 'disk_full', message: 'the disk is full', hint: 'make room' };
    expect(show(RefusalView, { props: { refusal } }).text()).toBe('The disk is full Make room');
    expect(show(RefusalView, { props: { refusal: null } }).text()).toBe('');
  });
});
