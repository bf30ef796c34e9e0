import { describe, expect, it } from 'vitest';
import { readFlags } from '../../../static/js/services/page_flags.js';

/** @type {(kept?: Record<string, string>) => Pick<Storage, 'getItem'>} */
const storage = (kept = {}) => ({ getItem: (name) => kept[name] ?? null });

const AUTO = { masks: 'auto', decoder: 'auto', fail: [] };

describe('flags of the page', () => {
  it('leave everything to the page by default', () => {
    expect(readFlags('', storage())).toEqual(AUTO);
  });

  it('come from the address, or else from the storage', () => {
    const kept = storage({ 'maskwright.force.masks': 'webgl2', 'maskwright.force.decoder': 'single' });
    expect(readFlags('?masks=canvas&decoder=server', kept)).toEqual({ ...AUTO, masks: 'canvas', decoder: 'server' });
    expect(readFlags('', kept)).toEqual({ ...AUTO, masks: 'webgl2', decoder: 'single' });
  });

  it('name several failures at once', () => {
    expect(readFlags('?fail=worker-dies,isolation', storage()).fail).toEqual(['isolation', 'worker-dies']);
  });

  it('count for nothing when they are unknown', () => {
    expect(readFlags('?masks=svg&decoder=gpu&fail=luck', storage())).toEqual(AUTO);
  });
});
