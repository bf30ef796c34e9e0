import { describe, expect, it } from 'vitest';
import { readRecord, writeRecord } from '../../../static/js/services/step_record.js';

/** @import {StepRecord} from '../../../static/js/services/step_record.js' */

/** @type {StepRecord} */
const RECORD = {
  modelId: 'm',
  device: 'this one',
  best: 'single',
  times: { threads: 12, single: 9 },
  reasons: { threads: { code: 'slower', detail: '12 ms instead of 9 ms' } },
};

/** @param {string | null} text what is stored at first */
function makeStorage(text = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (/** @type {string} */ _name, /** @type {string} */ value) => void (kept = value),
  };
}

describe('the record of a measurement', () => {
  it('comes back on a later visit', () => {
    const storage = makeStorage();
    writeRecord(storage, RECORD);
    expect(readRecord(storage, 'this one')).toEqual(RECORD);
  });

  it('does not count on another device', () => {
    const storage = makeStorage();
    writeRecord(storage, RECORD);
    expect(readRecord(storage, 'another one')).toBeNull();
  });

  it.each([null, 'null', '{', '3', '{"modelId":"m","device":"this one","best":"gpu","times":{},"reasons":{}}'])(
    'is none where there is %s',
    (text) => expect(readRecord(makeStorage(text), 'this one')).toBeNull(),
  );
});
