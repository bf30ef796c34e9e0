import { describe, expect, it, vi } from 'vitest';
import { createFrameScheduler } from '../../../static/js/render/frame_scheduler.js';

describe('frame scheduler', () => {
  it('draws once per frame, however often it is asked', () => {
    /** @type {(() => void)[]} */
    const frames = [];
    const draw = vi.fn();
    const scheduler = createFrameScheduler(draw, (run) => frames.push(run));
    scheduler.request();
    scheduler.request();
    expect(draw).not.toHaveBeenCalled();
    frames.shift()?.();
    expect(draw).toHaveBeenCalledOnce();
    scheduler.request();
    expect(frames).toHaveLength(1);
  });

  it('can draw at once, and then not again in the frame', () => {
    /** @type {(() => void)[]} */
    const frames = [];
    const draw = vi.fn();
    const scheduler = createFrameScheduler(draw, (run) => frames.push(run));
    scheduler.flush();
    expect(draw).not.toHaveBeenCalled();
    scheduler.request();
    scheduler.flush();
    frames.shift()?.();
    expect(draw).toHaveBeenCalledOnce();
  });
});
