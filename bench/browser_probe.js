/**
 * Runs in the measured page: watches what it paints through its public handle and its canvas. It changes nothing; the
 * only events that it makes itself are moves of the pointer.
 */

/** @returns {Promise<number>} when the next frame is painted, in milliseconds of the page's clock */
function framePainted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        // An open port would keep itself alive.
        port1.close();
        resolve(performance.now());
      };
      port2.postMessage(null);
    });
  });
}

/** @returns {import('../static/js/state/state_types.js').SessionStore} the page's session */
const store = () => globalThis.maskwright.store;

/**
 * @template T
 * @param {(state: import('../static/js/state/state_types.js').SessionState) => T | null | false} look true enough ends it
 * @returns {Promise<T>} resolves in the change of the session that makes it true
 */
function until(look) {
  return new Promise((resolve) => {
    const now = look(store().get());
    if (now) {
      resolve(now);
      return;
    }
    const stop = store().subscribe((state) => {
      const found = look(state);
      if (!found) return;
      stop();
      resolve(found);
    });
  });
}

const openDraft = (state) => state.documents[state.currentImageId]?.content.draft ?? null;
const canvas = () => document.querySelector('.canvases');

/** @param {{x: number, y: number}} place a share of the photograph's sides */
function toClient({ x, y }) {
  const state = store().get();
  const { width, height } = state.images.find((image) => image.id === state.currentImageId);
  const frame = canvas().getBoundingClientRect();
  const { scale, offsetX, offsetY } = state.viewport;
  return { x: frame.x + offsetX + x * width * scale, y: frame.y + offsetY + y * height * scale };
}

/** @param {{x: number, y: number}} place a share of the photograph's sides */
function movePointer(place) {
  const { x, y } = toClient(place);
  const init = { bubbles: true, clientX: x, clientY: y, pointerType: 'mouse', pointerId: 1 };
  canvas().dispatchEvent(new PointerEvent('pointermove', init));
}

/**
 * Count the frames that show another preview than the frame before, until it is ended.
 *
 * @returns {() => {frames: number, masks: number, seconds: number}} ends it and reports
 */
function watchHovers() {
  const begin = performance.now();
  const counts = { frames: 0, masks: 0 };
  let shown = store().get().hover;
  let running = true;
  const look = () => {
    if (!running) return;
    const { hover } = store().get();
    counts.frames += 1;
    if (hover && hover !== shown) counts.masks += 1;
    shown = hover;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  return () => {
    running = false;
    return { ...counts, seconds: (performance.now() - begin) / 1000 };
  };
}

/**
 * Move the pointer from place to place, each time waiting for the frame that shows the mask there.
 *
 * @param {{x: number, y: number}[]} places shares of the photograph's sides
 * @returns {Promise<number[]>} milliseconds from each move to its frame
 */
async function timeHovers(places) {
  const durations = [];
  for (const place of places) {
    const before = store().get().hover;
    const begin = performance.now();
    movePointer(place);
    await until(({ hover }) => hover !== null && hover !== before);
    durations.push((await framePainted()) - begin);
  }
  return durations;
}

/** @returns {Promise<number>} milliseconds from the next release of a button to the frame that shows the answer */
function timeClick() {
  return new Promise((resolve) => {
    const onUp = async (event) => {
      const revision = openDraft(store().get())?.revision ?? null;
      await until((state) => {
        const draft = openDraft(state);
        if (draft === null || draft.revision === revision) return false;
        return draft.answered || state.quick?.revision === draft.revision;
      });
      resolve((await framePainted()) - event.timeStamp);
    };
    window.addEventListener('pointerup', onUp, { capture: true, once: true });
  });
}

/** @returns {Promise<number>} milliseconds from the next key press to the frame in which a click can be made */
function timeNextImage() {
  return new Promise((resolve) => {
    const onKey = async (event) => {
      const before = store().get().currentImageId;
      await until((state) => state.currentImageId !== before && state.featuresReady && state.pixelsReady);
      resolve((await framePainted()) - event.timeStamp);
    };
    window.addEventListener('keydown', onKey, { capture: true, once: true });
  });
}

globalThis.benchProbe = {
  framePainted,

  timeClick,
  timeHovers,
  timeNextImage,
  toClient,
  until,
  watchHovers,
};
