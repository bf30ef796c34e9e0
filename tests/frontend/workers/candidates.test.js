import { expect, it } from 'vitest';
import { buildCandidates, buildReadings } from '../../../static/js/workers/candidates.js';

const PLACEMENT = {
  ...{ imageSize: { width: 8, height: 8 }, inputSize: { width: 8, height: 8 } },
  ...{ modelSize: 8, threshold: 0 },
};

/** Four 2 x 2 masks: empty, full, left half, full again. */
const LOGITS = Float32Array.of(-1, -1, -1, -1, 1, 1, 1, 1, 1, -1, 1, -1, 2, 2, 2, 2);

const noPause = async () => {};

const outputs = () => ({ logits: LOGITS, predictedIous: Float32Array.of(0.9, 0.25, 0.75, 0.5) });

it('orders candidates by their predicted IoU', async () => {
  const candidates = await buildCandidates(outputs(), [1, 2, 3], 2, PLACEMENT, noPause);
  expect(candidates.map(({ token, predictedIou, area }) => [token, predictedIou, area])).toEqual([
    [2, 0.75, 32],
    [3, 0.5, 64],
    [1, 0.25, 64],
  ]);
});

it('gives each candidate logits of its own, so that they can be sent away', async () => {
  const [candidate] = await buildCandidates(outputs(), [3], 2, PLACEMENT, noPause);
  expect(candidate.logits).toEqual(Float32Array.of(2, 2, 2, 2));
  expect(candidate.logits.buffer).not.toBe(LOGITS.buffer);
});

it('pauses between two masks, and does not mind that the decoder runs meanwhile', async () => {
  const shared = { logits: LOGITS.slice(), predictedIous: Float32Array.of(0.9, 0.25, 0.75, 0.5) };
  let pauses = 0;
  const candidates = await buildCandidates(shared, [1, 2, 3], 2, PLACEMENT, async () => {
    pauses += 1;
    shared.logits.fill(-1);
    shared.predictedIous.fill(0);
  });
  expect(pauses).toBe(2);
  expect(candidates.map(({ token, area }) => [token, area])).toEqual([
    [2, 32],
    [3, 64],
    [1, 64],
  ]);
});

it('describes an empty mask by area 0, an empty box and no outline', async () => {
  const [candidate] = await buildCandidates(outputs(), [0], 2, PLACEMENT, noPause);
  expect(candidate).toMatchObject({ area: 0, bbox: [0, 0, 0, 0], rle: { size: [8, 8], counts: 'P2' } });
  expect(candidate.contours.ringStarts).toHaveLength(0);
});

it('gives readings in the order of the candidates, without exact masks', () => {
  const readings = buildReadings(outputs(), [1, 2, 3], 2, PLACEMENT);
  expect(readings.map(({ token, coverage }) => [token, coverage])).toEqual([
    [2, 0.5],
    [3, 1],
    [1, 1],
  ]);
  expect(readings[0]).toMatchObject({ predictedIou: 0.75, logits: Float32Array.of(1, -1, 1, -1), side: 2 });
  expect(readings[0].logits.buffer).not.toBe(LOGITS.buffer);
});
