import { describe, expect, it, vi } from 'vitest';
import { PREPARING, createModelReading } from '../../../static/js/services/model_reading.js';
import { storeWithImages } from '../session_builders.js';

/** @import {ModelAnswerJson} from '../../../static/js/types.js' */

const MODEL = /** @type {ModelAnswerJson} */ ({ model_id: 'm', name: 'large', decoder_url: '/decoder' });

/** @param {(ModelAnswerJson | Error)[]} answers of the server, one after the other */
function makeReading(answers) {
  const store = storeWithImages();
  const model = vi.fn(async () => {
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer;
    return answer;
  });
  /** @type {string[]} */
  const shown = [];
  const wait = vi.fn(async () => void shown.push(store.get().decoder.message));
  return { store, model, shown, wait, reading: createModelReading({ store, api: { model }, wait }) };
}

describe('model reading', () => {
  it('asks once and shows the name', async () => {
    const { store, model, reading } = makeReading([MODEL]);
    const [about, ready] = await Promise.all([reading.about(), reading.ready()]);
    expect([about.model_id, ready.decoder_url]).toEqual(['m', '/decoder']);
    expect(model).toHaveBeenCalledOnce();
    expect(store.get().model).toEqual({ modelId: 'm', name: 'large' });
  });

  it('waits while the server prepares the decoder, and says so', async () => {
    const early = { ...MODEL, decoder_url: null };
    const { shown, wait, reading } = makeReading([early, early, MODEL]);
    expect((await reading.about()).decoder_url).toBeNull();
    expect((await reading.ready()).decoder_url).toBe('/decoder');
    expect(wait).toHaveBeenCalledTimes(2);
    expect(shown).toEqual([PREPARING, PREPARING]);
  });

  it('asks again after a failure', async () => {
    const { reading } = makeReading([new Error('down'), MODEL]);
    await expect(reading.ready()).rejects.toThrow('down');
    expect((await reading.ready()).model_id).toBe('m');
  });

  it('tells of another model once its decoder can be fetched', async () => {
    const other = { ...MODEL, model_id: 'n', name: 'large-t1' };
    const { store, reading } = makeReading([MODEL, MODEL, { ...other, decoder_url: null }, other]);
    expect(await reading.renew()).toBe(false);
    expect(await reading.renew()).toBe(false);
    expect(store.get().model?.name).toBe('large');
    expect(await reading.renew()).toBe(true);
    expect((await reading.ready()).model_id).toBe('n');
    expect(store.get().model).toEqual({ modelId: 'n', name: 'large-t1' });
  });
});
