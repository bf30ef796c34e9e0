import { describe, expect, it, vi } from 'vitest';
import { createContourCache } from '../../../static/js/services/contour_cache.js';
import { SQUARE, makeRle, settle } from '../session_builders.js';

describe('contour cache', () => {
  it('traces each mask once and tells when it is there', async () => {
    const trace = vi.fn(async () => SQUARE);
    const onTraced = vi.fn();
    const cache = createContourCache({ trace, onTraced, report: vi.fn() });
    const rle = makeRle();
    expect(cache.get(rle)).toBeNull();
    expect(cache.get(rle)).toBeNull();
    await settle();
    expect(cache.get(rle)).toBe(SQUARE);
    expect(trace).toHaveBeenCalledOnce();
    expect(onTraced).toHaveBeenCalledOnce();
  });

  it('takes an outline that is known already', () => {
    const trace = vi.fn(async () => SQUARE);
    const cache = createContourCache({ trace, onTraced: vi.fn(), report: vi.fn() });
    const rle = makeRle();
    cache.put(rle, SQUARE);
    expect(cache.get(rle)).toBe(SQUARE);
    expect(trace).not.toHaveBeenCalled();
  });

  it('shows why a mask cannot be traced', async () => {
    const report = vi.fn();
    const cache = createContourCache({ trace: () => Promise.reject(new Error('bad rle')), onTraced: vi.fn(), report });
    cache.get(makeRle());
    await settle();
    expect(report.mock.calls[0][0]).toMatchObject({ message: 'bad rle' });
  });
});
