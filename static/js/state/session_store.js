/** Holds the current session state and tells listeners when it changes. */

/** @import {Action, SessionState, SessionStore} from './state_types.js' */

/**
 * Make a store around one immutable state.
 *
 * Listeners run in order of subscription, after the state has changed. A listener may apply further actions: those
 * are announced after the present one, so every listener sees the changes in the same order.
 *
 * @param {SessionState} initial the first state
 * @param {(next: SessionState, previous: SessionState) => SessionState} [complete] adds to every change what belongs to it,
 *   before anybody sees it
 * @returns {SessionStore} the store
 * @example
 * const store = createSessionStore(createSessionState());
 * store.apply(chooseTool('box'));
 */
export function createSessionStore(initial, complete = (next) => next) {
  let current = initial;
  let announcing = false;
  /** @type {{state: SessionState, previous: SessionState}[]} */
  const queue = [];
  /** @type {Set<(state: SessionState, previous: SessionState) => void>} */
  const listeners = new Set();

  const announce = () => {
    if (announcing) return;
    announcing = true;
    try {
      for (let change = queue.shift(); change; change = queue.shift()) {
        for (const listener of [...listeners]) listener(change.state, change.previous);
      }
    } finally {
      announcing = false;
    }
  };

  return {
    get: () => current,
    apply(/** @type {Action} */ action) {
      const previous = current;
      const changed = action(previous);
      if (changed === previous) return;
      current = complete(changed, previous);
      queue.push({ state: current, previous });
      announce();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
