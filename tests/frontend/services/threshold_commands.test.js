import { expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { thresholdCommands } from '../../../static/js/services/threshold_commands.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { openDraft } from '../../../static/js/state/selectors.js';
import { answer, makeCandidate, makeReading, storeWithImages } from '../session_builders.js';

it('steps the threshold of the open object, and leaves the keys alone without one', () => {
  const store = storeWithImages();
  const commands = thresholdCommands({ store });
  expect(commands.stepThreshold(1)).toBe(false);
  store.apply(addPoint(imagePoint(15, 25), 1));
  answer(store, [makeCandidate({ placement: makeReading().placement })]);
  expect(commands.stepThreshold(-1)).toBe(true);
  expect(openDraft(store.get())?.threshold).toBe(-0.25);
  commands.setThreshold(4);
  expect(openDraft(store.get())?.threshold).toBe(4);
});

it('switches the view of what the decoder is unsure of', () => {
  const store = storeWithImages();
  thresholdCommands({ store }).toggleUncertainty();
  expect(store.get().uncertaintyShown).toBe(true);
});
