import { describe, expect, it } from 'vitest';
import { readFlags } from '../../../static/js/services/page_flags.js';

/** @type {(kept?: Record<string, string>) => Pick<Storage, 'getItem'>} */
const storage = (kept = {}) => ({ getItem: (name) => kept[name] ?? null });

describe('flags of the page', () => {
  it('leave everything to the page by default', () => {
    expect(readFlags('', storage())).toEqual({ masks: 'auto' });
  });

  it('come from the address, or else from the storage', () => {
    const kept = storage({ 'maskwright.force.masks': 'webgl2' });
    expect(readFlags('?masks=canvas', kept)).toEqual({ masks: 'canvas' });
    expect(readFlags('', kept)).toEqual({ masks: 'webgl2' });
  });

  it('count for nothing when they are unknown', () => {
    expect(readFlags('?masks=svg', storage())).toEqual({ masks: 'auto' });
  });
});
