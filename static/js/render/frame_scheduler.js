/** Draws at most once per frame, however often it is asked to. */

/**
 * @typedef {object} FrameScheduler
 * @property {() => void} request draw in the next frame
 * @property {() => void} flush draw now, if something was asked for
 */

/**
 * Make the scheduler.
 *
 * @param {() => void} draw draws everything that changed
 * @param {(run: () => void) => unknown} [nextFrame] `requestAnimationFrame`, or what a test puts in its place
 * @returns {FrameScheduler} the scheduler
 */
export function createFrameScheduler(draw, nextFrame = (run) => requestAnimationFrame(run)) {
  let asked = false;
  const flush = () => {
    if (!asked) return;
    asked = false;
    draw();
  };
  return {
    request() {
      if (asked) return;
      asked = true;
      nextFrame(flush);
    },
    flush,
  };
}
