import { describe, expect, it } from 'vitest';
import { imagePoint, promptPoint } from '../../../static/js/geometry/point.js';
import { drawPromptLayer } from '../../../static/js/render/prompt_layer.js';
import { fakeLayer } from './fake_canvas.js';

const VIEW = { scale: 10, offsetX: 1, offsetY: 2 };

describe('prompt layer', () => {
  it('draws clicks where they are, a plus for the object and a minus for the background', () => {
    const { layer, named } = fakeLayer();
    const points = [promptPoint(imagePoint(1, 1), 1), promptPoint(imagePoint(5, 5), 0)];
    drawPromptLayer(layer, { points, box: null, previewBox: null }, VIEW);
    expect(named('arc').map(({ values }) => values.slice(0, 2))).toEqual([
      [11, 12],
      [11, 12],
      [51, 52],
      [51, 52],
    ]);
    expect(named('lineTo')).toHaveLength(3);
  });

  it('draws clicks in the same size at any zoom', () => {
    const { layer, named } = fakeLayer();
    const points = [promptPoint(imagePoint(1, 1), 1)];
    drawPromptLayer(layer, { points, box: null, previewBox: null }, VIEW);
    drawPromptLayer(layer, { points, box: null, previewBox: null }, { ...VIEW, scale: 0.1 });
    expect(named('arc').map(({ values }) => values[2])).toEqual([9, 7, 9, 7]);
  });

  it('draws the box, and the one of a gesture dashed', () => {
    const { layer, named } = fakeLayer();
    drawPromptLayer(layer, { points: [], box: [0, 0, 2, 3], previewBox: [1, 1, 2, 2] }, VIEW);
    expect(named('strokeRect')).toHaveLength(4);
    expect(named('strokeRect')[0].values).toEqual([1.5, 2.5, 20, 30]);
    expect(named('setLineDash').map(({ values }) => values[0])).toContainEqual([5, 4]);
  });
});
