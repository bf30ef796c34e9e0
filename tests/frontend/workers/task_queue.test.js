import { describe, expect, it } from 'vitest';
import { TaskQueue } from '../../../static/js/workers/task_queue.js';

/** @import { WorkerRequest } from '../../../static/js/types.js' */

let lastId = 0;
/** @type {(kind: WorkerRequest['kind']) => WorkerRequest} */
const request = (kind) => {
  lastId += 1;
  return /** @type {WorkerRequest} */ (/** @type {unknown} */ ({ kind, id: lastId }));
};

/** @param {Partial<ConstructorParameters<typeof TaskQueue>[0]>} [parts] what is replaced */
function makeQueue(parts = {}) {
  lastId = 0;
  /** @type {string[]} */
  const done = [];
  /** @type {string[]} */
  const dropped = [];
  const name = (/** @type {WorkerRequest} */ { kind, id }) => `${kind} ${id}`;
  const queue = new TaskQueue({
    perform: async (task) => void done.push(name(task)),
    drop: (task) => void dropped.push(name(task)),
    ...parts,
  });
  return { queue, done, dropped };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the order of tasks', () => {
  it('is the order of asking, the pointer last', async () => {
    const { queue, done, dropped } = makeQueue();
    for (const kind of /** @type {const} */ (['load', 'hover', 'decode', 'exactMask'])) queue.add(request(kind));
    await settled();
    expect(done).toEqual(['load 1', 'decode 3', 'exactMask 4', 'hover 2']);
    expect(dropped).toEqual([]);
  });

  it('answers only the newest place of the pointer', async () => {
    const { queue, done, dropped } = makeQueue();
    queue.add(request('load'));
    for (let move = 0; move < 3; move += 1) queue.add(request('hover'));
    await settled();
    expect(done).toEqual(['load 1', 'hover 4']);
    expect(dropped).toEqual(['hover 2', 'hover 3']);
  });

  it('forgets the pointer when another image comes', async () => {
    const { queue, done, dropped } = makeQueue();
    for (const kind of /** @type {const} */ (['load', 'hover', 'setImage'])) queue.add(request(kind));
    await settled();
    expect(done).toEqual(['load 1', 'setImage 3']);
    expect(dropped).toEqual(['hover 2']);
  });

  it('lets messages in between two tasks, so that a click overtakes the next place of the pointer', async () => {
    /** @type {() => void} */
    let comeIn = () => {};
    const { queue, done } = makeQueue({ turn: async () => comeIn() });
    comeIn = () => {
      comeIn = () => {};
      queue.add(request('decode'));
    };
    queue.add(request('hover'));
    queue.add(request('hover'));
    await settled();
    expect(done).toEqual(['hover 1', 'decode 3', 'hover 2']);
    queue.add(request('decode'));
    await settled();
    expect(done.at(-1)).toBe('decode 4');
  });

  /** @param {readonly WorkerRequest['kind'][]} meanwhile comes while a decode pauses */
  async function orderAround(meanwhile) {
    /** @type {string[]} */
    const order = [];
    const { queue } = makeQueue({
      perform: async ({ kind, id }, pause) => {
        order.push(`${kind} ${id}`);
        if (id !== 1) return;
        for (const other of meanwhile) queue.add(request(other));
        await pause();
        order.push('decode 1 is done');
      },
    });
    queue.add(request('decode'));
    await settled();
    return order;
  }

  it('lets the first answer to a click in between the masks of the click before', async () => {
    expect(await orderAround(['hover', 'preview', 'decode'])).toEqual([
      'decode 1',
      'preview 3',
      'decode 1 is done',
      'decode 4',
      'hover 2',
    ]);
  });

  it('lets nothing in that belongs to another image', async () => {
    expect(await orderAround(['setImage', 'preview'])).toEqual([
      'decode 1',
      'decode 1 is done',
      'setImage 2',
      'preview 3',
    ]);
  });
});
