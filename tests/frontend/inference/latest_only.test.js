import { describe, expect, it } from 'vitest';
import { LatestOnly } from '../../../static/js/inference/latest_only.js';

/** Work that ends when the test says so. */
function controlledWork() {
  /** @type {{ request: string, finish: (result: string) => void, fail: (error: Error) => void }[]} */
  const started = [];
  /** @type {LatestOnly<string, string>} */
  const latest = new LatestOnly((request) => new Promise((finish, fail) => started.push({ request, finish, fail })));
  return { latest, started };
}

/** Lets everything run that does not wait for the test. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('LatestOnly', () => {
  it('answers a request that nothing overtakes', async () => {
    const { latest, started } = controlledWork();
    const answer = latest.submit('a');
    started[0].finish('A');
    expect(await answer).toBe('A');
  });

  it('drops an older request when a newer one arrives', async () => {
    const { latest, started } = controlledWork();
    const [first, second, third] = ['a', 'b', 'c'].map((request) => latest.submit(request));
    expect(await Promise.all([first, second])).toEqual([null, null]);
    started[0].finish('A');
    await settle();
    expect(started.map(({ request }) => request)).toEqual(['a', 'c']);
    started[1].finish('C');
    expect(await third).toBe('C');
  });

  it('never runs two requests at the same time', async () => {
    const { latest, started } = controlledWork();
    latest.submit('a');
    latest.submit('b');
    await settle();
    expect(started).toHaveLength(1);
  });

  it('passes an error on and goes on with the next request', async () => {
    const { latest, started } = controlledWork();
    const failing = latest.submit('a');
    started[0].fail(new Error('broken'));
    await expect(failing).rejects.toThrow('broken');
    const next = latest.submit('b');
    started[1].finish('B');
    expect(await next).toBe('B');
  });

  it('does not start the waiting request after it was cancelled', async () => {
    const { latest, started } = controlledWork();
    const answers = ['a', 'b'].map((request) => latest.submit(request));
    latest.cancel();
    started[0].finish('A');
    expect(await Promise.all(answers)).toEqual([null, null]);
    await settle();
    expect(started).toHaveLength(1);
  });
});
