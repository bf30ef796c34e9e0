import { describe, expect, it } from 'vitest';
import { setReading, setReadings, showQuick } from '../../../../static/js/state/actions/reading_actions.js';
import { addPoint } from '../../../../static/js/state/actions/prompt_actions.js';
import { wantedReading } from '../../../../static/js/state/hover.js';
import { openDraft } from '../../../../static/js/state/selectors.js';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { answer, makeCandidate, storeWithImages } from '../../session_builders.js';

describe('the wanted reading', () => {
  it('belongs to a class, and can be taken back', () => {
    const store = storeWithImages();
    store.apply(setReading(1, 'whole'));
    store.apply(setReading(2, 'part'));
    expect(wantedReading(store.get())).toBe('whole');
    store.apply(setReading(1, null));
    expect(store.get().readings).toEqual({ 2: 'part' });
  });

  it('changes nothing when it is chosen again', () => {
    const store = storeWithImages();
    store.apply(setReading(1, 'whole'));
    const before = store.get();
    store.apply(setReading(1, 'whole'));
    expect(store.get()).toBe(before);
  });

  it('decides which candidate of the next click is shown', () => {
    const store = storeWithImages();
    store.apply(setReadings({ 1: 'subpart' }));
    store.apply(addPoint(imagePoint(15, 25), 1));
    answer(
      store,
      [400, 50, 900].map((area) => makeCandidate({ area })),
    );
    expect(openDraft(store.get())?.candidateIndex).toBe(1);
  });
});

it('keeps the newest quick answer', () => {
  const store = storeWithImages();
  const quick = { imageId: 1, revision: 3, readings: [] };
  store.apply(showQuick(quick));
  expect(store.get().quick).toBe(quick);
});
