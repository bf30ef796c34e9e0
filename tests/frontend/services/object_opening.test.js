import { describe, expect, it, vi } from 'vitest';
import { imagePoint, promptPoint } from '../../../static/js/geometry/point.js';
import { AnnotationSaver } from '../../../static/js/services/annotation_saver.js';
import { formatAnnotation } from '../../../static/js/services/object_json.js';
import { logitsOfMask } from '../../../static/js/masks/mask_logits.js';
import { encodeRle } from '../../../static/js/masks/rle.js';
import { runsOfRle } from '../../../static/js/masks/mask_runs.js';
import { placementOf } from '../../../static/js/masks/placement.js';
import { createObjectLoading } from '../../../static/js/services/object_loading.js';
import { createObjectOpening } from '../../../static/js/services/object_opening.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { deleteObject, loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { NO_DETAILS } from '../../../static/js/state/object_details.js';
import { toggleObjectHidden } from '../../../static/js/state/actions/view_actions.js';
import { openDraft } from '../../../static/js/state/selectors.js';
import { SQUARE, makeObject, storeWithImages } from '../session_builders.js';
import { fakeServer } from './service_bench.js';

/** @import {Contours, ModelJson} from '../../../static/js/types.js' */

/**
 * @param {number} [maskSize] side of the logits that the decoder takes
 * @param {string[]} [takes] models whose logits it takes
 * @param {() => Contours | null} [contoursOf] the outline of every mask
 */
function makeOpening(maskSize = 2, takes = ['model'], contoursOf = () => SQUARE) {
  const sizes = { mask_size: maskSize, image_size: 4 * maskSize, mask_threshold: 0 };
  const store = storeWithImages();
  const server = fakeServer();
  const report = vi.fn();
  const saver = new AnnotationSaver({ store, api: server.api, pending: null, report });
  const loading = createObjectLoading({ store, api: server.api, saver, pending: null, report });
  const opening = createObjectOpening({
    store,
    api: server.api,
    saver,
    contoursOf,
    trace: async () => SQUARE,
    model: () => /** @type {ModelJson} */ ({ ...sizes, takes_logits_of: takes }),
    report,
  });
  return { store, server, report, loading, opening };
}

describe('object opening', () => {
  it('shows the kept mask and starts from the logits that the server keeps', async () => {
    const { store, server, loading, opening } = makeOpening();
    await server.api.create(1, formatAnnotation(makeObject('x')));
    await loading.load(1);
    await opening.open('a1');
    const draft = openDraft(store.get());
    expect(draft?.refines).toBe('a1');
    expect(draft?.candidates[0].rle).toBe(store.get().documents[1].content.objects[0].rle);
    expect(draft?.baseLogits).toEqual(Float32Array.from([1, -1, 2, -2]));
  });

  it('does not take logits that were made with another encoder', async () => {
    const { store, opening } = makeOpening(2, ['another']);
    const rle = encodeRle(new Uint8Array(8000).fill(1, 3000, 5000), { width: 100, height: 80 });
    store.apply(loadObjects(1, [makeObject('a1', { rle })]));
    await opening.open('a1');
    const draft = openDraft(store.get());
    expect(draft?.baseLogits).toHaveLength(4);
    expect(draft?.baseLogits).not.toEqual(Float32Array.from([1, -1, 2, -2]));
    expect(draft?.candidates[0]).toMatchObject({ modelId: 'model' });
  });

  it('starts a mask without prompts and logits with a click at its deepest place', async () => {
    const { store, opening } = makeOpening(64);
    const rle = encodeRle(new Uint8Array(8000).fill(1, 3000, 5000), { width: 100, height: 80 });
    const bare = { rle, logits: null, hasLogits: false, modelId: null };
    const clicked = { ...bare, prompts: { points: [promptPoint(imagePoint(3, 33), 1)], box: null } };
    const boxed = { ...bare, prompts: { points: [], box: /** @type {const} */ ([0, 30, 100, 50]) } };
    store.apply(
      loadObjects(1, [
        makeObject('a1', { ...bare, prompts: { points: [], box: null } }),
        makeObject('a2', clicked),
        makeObject('a3', /** @type {never} */ (boxed)),
      ]),
    );
    await opening.open('a1');
    expect(openDraft(store.get())).toMatchObject({ points: [{ y: 39.5, label: 1 }], answered: true, changed: false });
    expect(openDraft(store.get())?.baseLogits).toHaveLength(64 * 64);
    await opening.open('a2');
    expect(openDraft(store.get())?.points).toEqual(clicked.prompts.points);
    await opening.open('a3');
    expect(openDraft(store.get())?.points).toEqual([]);
  });

  it('makes logits from the mask when they are of another decoder, or there are none', async () => {
    const { store, opening } = makeOpening(64);
    const rle = encodeRle(new Uint8Array(8000).fill(1, 3000, 5000), { width: 100, height: 80 });
    store.apply(loadObjects(1, [makeObject('a1', { rle }), makeObject('a2', { rle, logits: null, hasLogits: false })]));
    await opening.open('a1');
    const size = { width: rle.size[1], height: rle.size[0] };
    const model = { image_size: 256, mask_threshold: 0 };
    const wanted = logitsOfMask(runsOfRle(rle), 64, placementOf(/** @type {ModelJson} */ (model), size));
    for (const key of ['a1', 'a2']) {
      await opening.open(key);
      const draft = openDraft(store.get());
      expect(draft?.refines).toBe(key);
      expect(draft?.baseLogits).toEqual(wanted);
      expect(draft?.candidates[0].placement).toBeUndefined();
    }
    expect(wanted.some((value) => value > 0)).toBe(true);
  });

  it('opens nothing when the object or the image went away meanwhile', async () => {
    const { store, opening } = makeOpening();
    store.apply(loadObjects(1, [makeObject('a1'), makeObject('a2')]));
    const first = opening.open('a1');
    store.apply(deleteObject('a1'));
    await first;
    const second = opening.open('a2');
    store.apply(openImage(2));
    await second;
    store.apply(openImage(1));
    expect(openDraft(store.get())).toBeNull();
    await opening.open('unknown');
    expect(openDraft(store.get())).toBeNull();
  });

  it('says why when the server does not give the object', async () => {
    const { server, report, loading, opening } = makeOpening();
    await server.api.create(1, formatAnnotation(makeObject('x')));
    await loading.load(1);
    server.failWith([new Error('broken')]);
    await opening.open('a1');
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'the object was not opened');
  });

  it('finds the smallest shown object under a point', () => {
    const { store, opening } = makeOpening();
    store.apply(loadObjects(1, [makeObject('small', { area: 10 }), makeObject('large')]));
    expect(opening.objectAt(imagePoint(15, 25))?.key).toBe('small');
    expect(opening.objectAt(imagePoint(90, 70))).toBeNull();
    store.apply(toggleObjectHidden('small'));
    expect(opening.objectAt(imagePoint(15, 25))?.key).toBe('large');
  });

  it('finds an object whose outline is not traced yet by its mask', () => {
    const { store, opening } = makeOpening(2, ['model'], () => null);
    const mask = new Uint8Array(8000);
    mask[25 * 100 + 15] = 1;
    const rle = encodeRle(mask, { width: 100, height: 80 });
    store.apply(loadObjects(1, [makeObject('dot', { rle, area: 1, bbox: [10, 20, 10, 10] })]));
    expect(opening.objectAt(imagePoint(15.5, 25.5))?.key).toBe('dot');
    expect(opening.objectAt(imagePoint(16.5, 25.5))).toBeNull();
  });

  it('finds the one on top of about equally large objects, however they were made', () => {
    const { store, opening } = makeOpening();
    const object = (/** @type {string} */ key, /** @type {number} */ area, /** @type {number} */ zOrder) =>
      makeObject(key, { area, details: { ...NO_DETAILS, zOrder } });
    const found = () => opening.objectAt(imagePoint(15, 25))?.key;
    store.apply(loadObjects(1, [object('top', 190, 2), object('low', 100, 0), object('middle', 120, 1)]));
    expect(found()).toBe('top');
    store.apply(toggleObjectHidden('top'));
    expect(found()).toBe('middle');
    // More than twice as large is another thing, which the small one lies on or in.
    store.apply(loadObjects(1, [object('large', 201, 3), object('low', 100, 0)]));
    store.apply(toggleObjectHidden('middle'));
    expect(found()).toBe('low');
  });
});
