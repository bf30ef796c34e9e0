import { describe, expect, it } from 'vitest';
import { createDecoderNotices, reasonText, stepName } from '../../../static/js/services/decoder_notices.js';
import { createSessionState } from '../../../static/js/state/session_state.js';
import { createSessionStore } from '../../../static/js/state/session_store.js';

/** @import {LadderEvent} from '../../../static/js/services/decoder_ladder.js' */

/** @type {LadderEvent} */
const RESTARTED = { kind: 'restarted', code: 'died', step: 'threads', problem: 'worker ended', isMemory: false };

/** @type {(event: LadderEvent) => {tone: string, message: string, hint: string}} */
function noticeOf(event) {
  const store = createSessionStore(createSessionState());
  createDecoderNotices(store)(event);
  return store.get().notices[0];
}

describe('notices of the decoder', () => {
  it('say that it was started again, and that nothing is lost', () => {
    expect(noticeOf(RESTARTED)).toMatchObject({
      tone: 'info',
      message: 'the decoder stopped: it was started again, and answers what it was asked',
      hint: 'nothing is lost (worker ended)',
    });
  });

  it('say where answers come from after that', () => {
    const { message } = noticeOf({ ...RESTARTED, kind: 'stepped', step: 'single', isMemory: true });
    expect(message).toBe('the decoder ran out of memory: answers come from one thread now');
    expect(noticeOf({ ...RESTARTED, kind: 'stepped', code: 'cannot_start', step: 'server' }).message).toBe(
      'the decoder did not start: answers come from the server now',
    );
  });

  it('name steps and reasons', () => {
    expect(stepName('threads')).toBe('several threads');
    expect(reasonText({ code: 'slower', detail: '12 ms instead of 8 ms' })).toBe(
      'it is slower here (12 ms instead of 8 ms)',
    );
  });
});
