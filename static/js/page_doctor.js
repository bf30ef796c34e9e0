/** Collects what the doctor needs to know of this page. */

/** @import {DoctorRow} from './types.js' */
/** @import {SessionStore} from './state/state_types.js' */
/** @import {PageDecoder} from './page_decoder.js' */
/** @import {PhotoStage} from './photo_stage.js' */
/** @import {DecodeTimes} from './services/decode_times.js' */
/** @import {EmbeddingStore} from './services/embedding_store.js' */
/** @import {Doctor} from './ui/app_context.js' */

import { readAdapter } from './inference/decoder_steps.js';
import { graphics } from './page_decoder.js';
import { doctorRows, formatReport } from './services/doctor_report.js';

/**
 * Make the doctor.
 *
 * @param {object} parts where it looks
 * @param {SessionStore} parts.store the session
 * @param {PageDecoder} parts.decoder the decoder
 * @param {PhotoStage} parts.stage the canvas area
 * @param {Pick<EmbeddingStore, 'usage'>} parts.embeddings embeddings that are kept
 * @param {DecodeTimes} parts.times how long answers took
 * @returns {Doctor} the doctor
 */
export function createPageDoctor({ store, decoder: { ladder, choice, device }, stage, embeddings, times }) {
  /** @type {Promise<string | null> | null} asking takes long, and the answer stays the same */
  let adapter = null;
  return {
    async examine() {
      adapter ??= readAdapter(graphics());
      const { model, decoder } = store.get();
      const { step, reasons } = ladder.place;
      return doctorRows({
        device,
        adapter: await adapter,
        decoder: { step, threads: decoder.threads, reasons },
        layer: stage.readings,
        memory: readMemory(),
        embeddings: embeddings.usage(),
        times: times.summary(),
        measured: choice.known.record?.times ?? null,
        browser: navigator.userAgent,
        model: model ? `${model.name} (${model.modelId})` : '–',
      });
    },
    measure: () => choice.measure(async () => {}),
    copy: (/** @type {readonly DoctorRow[]} */ rows) => navigator.clipboard.writeText(formatReport(rows)),
  };
}

/** @returns {{heapBytes: number | null, deviceGigabytes: number | null}} only some browsers tell either */
function readMemory() {
  const { memory } = /** @type {{memory?: {usedJSHeapSize: number}}} */ (/** @type {unknown} */ (performance));
  const { deviceMemory } = /** @type {{deviceMemory?: number}} */ (/** @type {unknown} */ (navigator));
  return { heapBytes: memory?.usedJSHeapSize ?? null, deviceGigabytes: deviceMemory ?? null };
}
