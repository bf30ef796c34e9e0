import { expect, it } from 'vitest';
import { createIdleWatch } from '../../../static/js/services/idle_watch.js';

it('waits until there was no sign of a person for three seconds', async () => {
  let time = 0;
  /** @type {number[]} */
  const pauses = [];
  const watch = createIdleWatch({
    now: () => time,
    async wait(pause) {
      pauses.push(pause);
      time += pause;
      // The person moves once more while the page waits.
      if (pauses.length === 1) {
        time -= 1000;
        watch.note();
        time += 1000;
      }
    },
  });
  await watch.whenIdle();
  expect(pauses).toEqual([3000, 2000]);
  await watch.whenIdle();
  expect(pauses).toHaveLength(2);
});
