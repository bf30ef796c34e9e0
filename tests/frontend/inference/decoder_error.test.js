import { expect, it } from 'vitest';
import { DecoderError } from '../../../static/js/inference/decoder_error.js';

it('is an error with a code and a cause', () => {
  const cause = new Error('out of memory');
  const error = new DecoderError('decoder_failed', 'decoder stopped', { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'DecoderError', code: 'decoder_failed', message: 'decoder stopped', cause });
});
