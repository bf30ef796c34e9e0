import { describe, expect, it } from 'vitest';
import * as view from '../../../../static/js/state/actions/view_actions.js';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { previewBox } from '../../../../static/js/state/actions/prompt_actions.js';
import { storeWithImages } from '../../session_builders.js';

/** @type {(message: string) => {tone: 'error', message: string, hint: string}} */
const problem = (message) => ({ tone: 'error', message, hint: '' });

describe('view actions', () => {
  it('drop the preview and the highlight with the tool that made them', () => {
    const store = storeWithImages();
    store.apply(previewBox([0, 0, 1, 1]));
    store.apply(view.hoverObject('a'));
    store.apply(view.chooseTool('box'));
    expect(store.get()).toMatchObject({ tool: 'box', preview: null, hoveredKey: null });
  });

  it('change nothing when they say what is so already', () => {
    const store = storeWithImages();
    const before = store.get();
    for (const action of [
      view.chooseTool('point'),
      view.hoverObject(null),
      view.setCursor(null),
      view.setDropActive(false),
    ]) {
      store.apply(action);
    }
    expect(store.get()).toBe(before);
  });

  it('hide an object and show it again', () => {
    const store = storeWithImages();
    store.apply(view.toggleObjectHidden('a'));
    expect(store.get().hiddenKeys).toEqual({ a: true });
    store.apply(view.toggleObjectHidden('a'));
    expect(store.get().hiddenKeys).toEqual({});
  });

  it('show the same problem once and only the newest few', () => {
    const store = storeWithImages();
    for (const message of ['a', 'b', 'a', 'c', 'd', 'e']) store.apply(view.addNotice(problem(message)));
    expect(store.get().notices.map(({ message }) => message)).toEqual(['a', 'c', 'd', 'e']);
    store.apply(view.dismissNotice(store.get().notices[0].id));
    expect(store.get().notices).toHaveLength(3);
  });

  it('set the rest of the view', () => {
    const store = storeWithImages();
    store.apply(view.choosePointLabel(0));
    store.apply(view.setCanvasSize({ width: 5, height: 6 }));
    store.apply(view.setCursor(imagePoint(1, 2)));
    store.apply(view.toggleMasks());
    store.apply(view.toggleFilmstrip());
    store.apply(view.showDialog('help'));
    store.apply(view.setModel({ modelId: 'm', name: 'model' }));
    store.apply(view.setDecoderStatus({ phase: 'ready', threads: 2, message: '' }));
    expect(store.get()).toMatchObject({
      pointLabel: 0,
      canvasSize: { width: 5, height: 6 },
      cursor: { x: 1, y: 2 },
      masksVisible: false,
      filmstripOpen: false,
      dialog: 'help',
      model: { name: 'model' },
      decoder: { threads: 2 },
    });
  });
});
