/** What has to be written so that the database has the steps of an image. */

/** @import {DocumentContent, ImageDocument} from '../state/state_types.js' */
/** @import {Histories, HistoryHead} from '../api/history_database.js' */
/** @import {StoredStep} from '../state/step_codec.js' */
/** @import {HistoryTrack} from './history_keeping.js' */

/**
 * Write what differs between the steps as they are stored and as they are.
 *
 * @param {HistoryTrack} track what is stored
 * @param {ImageDocument} document the steps
 * @param {Omit<HistoryHead, 'at' | 'length'>} about what is said about all of them
 * @param {Histories<StoredStep>} histories the database
 * @returns {Promise<HistoryTrack | null>} what is stored then; null when there was nothing to write
 */
export async function writeOf(track, document, about, histories) {
  const { codec, stored } = track;
  const first = document.earlier ?? 0;
  const near = [...document.past, document.content, ...document.future];
  const length = first + near.length + (document.later ?? 0);
  const at = first + document.past.length;
  // An image that was only looked at has no history.
  if (track.length === 0 && length === 1) return null;
  const next = { ...track, length, at, stored: new Map(near.map((content, index) => [first + index, content])) };

  const renewed = near.findIndex(({ objects }, index) => stored.get(first + index)?.objects !== objects);
  const from = renewed < 0 ? length : first + renewed;
  const amended = [...next.stored].filter(([number, content]) => number < from && stored.get(number) !== content);
  const isSame = from === length && amended.length === 0 && track.length === length;
  if (isSame && track.at === at) return next;

  const gone = await stepsFrom(track, Math.min(from, length), histories);
  codec.drop(Math.min(from, length));
  const { steps, large } = await encoded(track, { near, first, from, amended }, histories);
  await histories.write({ head: { ...about, at, length }, steps, large, gone });
  return next;
}

/**
 * @param {HistoryTrack} track what is stored
 * @param {{near: ReadonlyArray<DocumentContent>, first: number, from: number, amended: [number, DocumentContent][]}} change
 *   the near steps and the number of the first; those from a number on are new, others are amended in their place
 * @param {Histories<StoredStep>} histories the database
 * @returns {Promise<{steps: [number, StoredStep][], large: [string, Float32Array][]}>} what is to be written
 */
async function encoded({ id, codec }, { near, first, from, amended }, histories) {
  /** @type {[number, StoredStep][]} */
  const steps = [];
  /** @type {[string, Float32Array][]} */
  const large = [];
  for (const [number, content] of amended) {
    const [earlier] = await histories.steps(id, number, number + 1);
    const { head, tail, middle } = earlier;
    const written = codec.encode(number, content, content.objects, earlier);
    steps.push([number, { ...written.step, head, tail, middle }]);
    large.push(...written.large);
  }
  for (let number = from; number < first + near.length; number += 1) {
    const before = number === first ? [] : near[number - first - 1].objects;
    const written = codec.encode(number, near[number - first], before);
    steps.push([number, written.step]);
    large.push(...written.large);
  }
  return { steps, large };
}

/**
 * @param {HistoryTrack} track what is stored
 * @param {number} from the first step that is not needed any more
 * @param {Histories<StoredStep>} histories the database
 * @returns {Promise<{steps: number[], large: string[]}>} what is to be deleted
 */
async function stepsFrom({ id, length }, from, histories) {
  const steps = length > from ? await histories.steps(id, from, length) : [];
  const large = steps.flatMap(({ larges }, at) =>
    Array.from({ length: larges }, (_, index) => `${from + at}.${index}`),
  );
  return { steps: steps.map((_, at) => from + at), large };
}
