import { expect, it } from 'vitest';
import { createDecodeApi } from '../../../static/js/api/decode_api.js';
import { fakeHttp } from './fake_http.js';

it('asks the server about one image', async () => {
  const { calls, http } = fakeHttp({ candidates: [] });
  const question = { points: [], box: null, mask_input: null, crop: null };
  expect(await createDecodeApi(http).decode(4, question)).toEqual({ candidates: [] });
  expect(calls).toEqual([['post', '/api/images/4/decode', question]]);
});
