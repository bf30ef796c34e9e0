import { describe, expect, it } from 'vitest';
import { EMPTY_DOCUMENT, createSessionState } from '../../../static/js/state/session_state.js';

describe('session state', () => {
  it('cannot be changed in place', () => {
    const state = createSessionState();
    expect(() => Object.assign(state, { tool: 'box' })).toThrow(TypeError);
    expect(Object.isFrozen(EMPTY_DOCUMENT.content)).toBe(true);
  });

  it('starts with the click tool, foreground, and nothing open', () => {
    expect(createSessionState()).toMatchObject({ tool: 'point', pointLabel: 1, currentImageId: null, images: [] });
  });
});
