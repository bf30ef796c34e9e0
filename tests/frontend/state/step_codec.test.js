import { describe, expect, it } from 'vitest';
import { StepCodec, objectsOfSteps, storedObject } from '../../../static/js/state/step_codec.js';
import { emptyDraft } from '../../../static/js/state/draft.js';
import { makeCandidate, makeObject } from '../session_builders.js';
import { seededRandom } from '../random.js';

/** @import {DocumentContent, KeptObject} from '../../../static/js/state/state_types.js' */

// Writes steps and reads them back as another page would.
function roundTrip(/** @type {readonly DocumentContent[]} */ contents) {
  const codec = new StepCodec();
  /** @type {Map<string, unknown>} */
  const large = new Map();
  const steps = contents.map((content, number) => {
    const written = codec.encode(number, content, contents[number - 1]?.objects ?? []);
    for (const [ref, values] of written.large) large.set(ref, values);
    return structuredClone(written.step);
  });
  const reader = new StepCodec();
  const refs = objectsOfSteps(steps);
  const read = steps.map((step, at) =>
    reader.decode(
      step,
      refs[at].map((ref) => reader.object(ref, storedObject(steps, ref), large)),
      large,
    ),
  );
  return { codec, steps, large, read };
}

/** @type {(key: string, values?: Float32Array) => KeptObject} */
const object = (key, values = Float32Array.of(1, 2)) =>
  makeObject(key, { hasLogits: true, logits: { side: 1, values } });

describe('stored steps', () => {
  it('come back as they were, prompts and logits to the bit', () => {
    const logits = Float32Array.of(0.1, -1 / 3, 1e-30);
    const draft = {
      ...emptyDraft(1),
      revision: 4,
      candidates: [makeCandidate({ logits }), makeCandidate({ token: 2, logits: Float32Array.of(7) })],
      previousLogits: logits,
    };
    const contents = [
      { objects: [], draft: null },
      { objects: [], draft },
      { objects: [object('a', logits)], draft: null },
    ];
    expect(roundTrip(contents).read).toEqual(contents);
  });

  it('store no logits and no object twice', () => {
    const logits = Float32Array.of(0.5);
    const kept = object('a', logits);
    const draft = {
      ...emptyDraft(1),
      candidates: [makeCandidate({ logits })],
      previousLogits: logits,
      baseLogits: logits,
    };
    const { steps, large } = roundTrip([
      { objects: [], draft },
      { objects: [kept], draft: null },
      { objects: [kept, object('b')], draft },
    ]);
    expect([...large.keys()]).toEqual(['0.0', '2.0']);
    expect(steps.map(({ objects }) => objects.length)).toEqual([0, 1, 1]);
    expect(steps[2]).toMatchObject({ head: 1, tail: 0, middle: ['2.0'] });
  });

  it('give one object for one name, so that what is the same stays the same', () => {
    const kept = object('a');
    const { read } = roundTrip([
      { objects: [kept], draft: null },
      { objects: [kept, object('b')], draft: null },
    ]);
    expect(read[0].objects[0]).toBe(read[1].objects[0]);
  });

  it('forget names of steps that are gone, whatever has them in its place', () => {
    const codec = new StepCodec();
    const [a, b] = [object('a'), object('b', Float32Array.of(9))];
    codec.encode(0, { objects: [a], draft: null }, []);
    codec.encode(1, { objects: [a, b], draft: null }, [a]);
    codec.drop(1);
    const c = object('c', Float32Array.of(8));
    expect(codec.encode(1, { objects: [a, c], draft: null }, [a]).step.middle).toEqual(['1.0']);
    const again = codec.encode(2, { objects: [a, c, b], draft: null }, [a, c]);
    expect(again.step.middle).toEqual(['2.0']);
    expect(again.large).toEqual([['2.0', b.logits?.values]]);
  });

  it('read logits only for what a step brings in; others stay with the server', () => {
    const { steps, large } = roundTrip([
      { objects: [object('a')], draft: null },
      { objects: [], draft: null },
    ]);
    const reader = new StepCodec();
    expect(reader.missing(steps[0])).toEqual(['0.0']);
    expect(reader.missing(steps[1])).toEqual([]);
    expect(reader.object('0.0', storedObject(steps, '0.0'), new Map())).toMatchObject({
      hasLogits: true,
      logits: null,
    });
    expect(large.size).toBe(1);
  });

  it('come back for any order of insertions, deletions, changes and turns', () => {
    const random = seededRandom(8);
    const any = (/** @type {number} */ below) => Math.floor(random() * below);
    let count = 0;
    /** @type {DocumentContent[]} */
    const contents = [{ objects: [object('o')], draft: null }];
    for (let step = 0; step < 200; step += 1) {
      const objects = [...contents[any(contents.length)].objects];
      const at = any(objects.length + 1);
      const kind = any(4);
      if (kind === 0) objects.splice(at, 0, object(`n${(count += 1)}`));
      else if (kind === 1) objects.splice(at, 1);
      else if (kind === 2 && objects[at]) objects[at] = { ...objects[at], categoryId: any(5) };
      else objects.reverse();
      contents.push({ objects, draft: null });
    }
    expect(roundTrip(contents).read).toEqual(contents);
  });
});
