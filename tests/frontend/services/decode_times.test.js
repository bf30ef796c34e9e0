import { expect, it } from 'vitest';
import { createDecodeTimes } from '../../../static/js/services/decode_times.js';

it('knows nothing before the first answer', () => {
  expect(createDecodeTimes().summary()).toBeNull();
});

it('tells the middle and the slow end of the newest answers', () => {
  const times = createDecodeTimes();
  for (let ms = 1; ms <= 100; ms += 1) times.add(ms);
  expect(times.summary()).toEqual({ count: 100, p50: 51, p95: 96 });
  for (let turn = 0; turn < 200; turn += 1) times.add(7);
  expect(times.summary()).toEqual({ count: 200, p50: 7, p95: 7 });
});
