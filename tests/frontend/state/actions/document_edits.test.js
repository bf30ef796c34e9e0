import { describe, expect, it } from 'vitest';
import { editDocument, stepOnCurrent } from '../../../../static/js/state/actions/document_edits.js';
import { currentDocument } from '../../../../static/js/state/selectors.js';
import { createSessionState } from '../../../../static/js/state/session_state.js';
import { makeObject, storeWithImages } from '../../session_builders.js';

describe('document edits', () => {
  it('leave the state alone when nothing changes', () => {
    const state = storeWithImages().get();
    expect(editDocument(state, 1, (document) => document)).toBe(state);
    expect(stepOnCurrent((content) => content)(state)).toBe(state);
  });

  it('do nothing without an open image', () => {
    const state = createSessionState();
    expect(stepOnCurrent(() => ({ objects: [], draft: null }))(state)).toBe(state);
  });

  it('change one image and leave the others as they are', () => {
    const before = editDocument(storeWithImages().get(), 2, (document) => ({ ...document }));
    const after = stepOnCurrent((content) => ({ ...content, objects: [makeObject('a')] }))(before);
    expect(after.documents[2]).toBe(before.documents[2]);
    expect(currentDocument(after).past).toHaveLength(1);
  });
});
