// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { Button, IconButton } from '../../../static/js/ui/controls.js';
import { show } from './ui_bench.js';

describe('controls', () => {
  it('have a name, a hint with the key, and a state', async () => {
    const onClick = vi.fn();
    const { named, click } = show(IconButton, {
      props: { icon: 'eye', label: 'Show', keys: 'M', pressed: true, onClick },
    });
    expect(named('Show').title).toBe('Show (M)');
    expect(named('Show').getAttribute('aria-pressed')).toBe('true');
    await click('Show');
    expect(onClick).toHaveBeenCalledOnce();
  });

  it('show their key beside their words, and cannot be used when disabled', async () => {
    const onClick = vi.fn();
    const props = { children: 'Accept', keys: 'Enter', disabled: true, onClick };
    const { named, text, click } = show(Button, { props });
    expect(text()).toContain('Enter');
    expect(named('Accept').hasAttribute('disabled')).toBe(true);
    await click('Accept');
    expect(onClick).not.toHaveBeenCalled();
  });

  it('do not take the focus from the object when they are clicked, but end typing', () => {
    const { named } = show(Button, { props: { children: 'Go', onClick: vi.fn() } });
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    const press = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
    named('Go').dispatchEvent(press);
    expect(press.defaultPrevented).toBe(true);
    expect(document.activeElement).not.toBe(field);
  });
});
