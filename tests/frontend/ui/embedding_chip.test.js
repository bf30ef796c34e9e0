// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { markFeaturesReady, setEmbeddingState } from '../../../static/js/state/actions/image_actions.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { setDecoderStatus } from '../../../static/js/state/actions/view_actions.js';
import { EmbeddingChip, progressText } from '../../../static/js/ui/embedding_chip.js';
import { makeEmbedding } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('embedding chip', () => {
  it.each([
    [makeEmbedding({ state: 'waiting' }), 'Waiting to be encoded'],
    [makeEmbedding({ state: 'waiting', queue_position: 2, eta_s: 8.2 }), 'Waiting behind 2, 9 s left'],
    [makeEmbedding({ state: 'encoding', eta_s: 2.4 }), 'Encoding, 3 s left'],
    [makeEmbedding({ state: 'encoding', eta_s: 0 }), 'Encoding, 1 s left'],
    [makeEmbedding(), 'Loading the decoder'],
  ])('says how far it is', (embedding, expected) => {
    expect(progressText(embedding, 'loading')).toBe(expected);
  });

  it('goes away when clicks are answered', () => {
    const app = makeApp();
    app.store.apply(markFeaturesReady(1));
    expect(show(EmbeddingChip, { app }).text()).toBe('');
  });

  it('says that a click is kept until then', () => {
    const app = makeApp();
    app.store.apply(setEmbeddingState(1, makeEmbedding({ state: 'encoding' })));
    app.store.apply(addPoint(imagePoint(5, 5), 1));
    expect(show(EmbeddingChip, { app }).text()).toBe('Encoding your click is answered then');
  });

  it('says why an image failed and tries again', async () => {
    const app = makeApp();
    const error = { code: 'image_unreadable', message: 'the file is cut off', hint: '' };
    app.store.apply(setEmbeddingState(1, makeEmbedding({ state: 'failed', error })));
    const { text, click } = show(EmbeddingChip, { app });
    expect(text()).toContain('the file is cut off');
    await click('Retry');
    expect(app.commands.retryEmbedding).toHaveBeenCalledWith(1);
  });

  it('says why the decoder failed', () => {
    const app = makeApp();
    app.store.apply(setDecoderStatus({ phase: 'failed', threads: 0, message: 'no WebAssembly' }));
    expect(show(EmbeddingChip, { app }).text()).toContain('no WebAssembly');
  });
});
