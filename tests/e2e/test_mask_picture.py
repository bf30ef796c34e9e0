"""Masks that are drawn from a picture of them look, pixel by pixel, as if all were drawn."""

from __future__ import annotations

from typing import Any

from tests.e2e.workbench import Workbench

# Draws many overlapping masks both ways and returns, step by step, how many values of 3.8 million
# differ by more than 12 of 255, and how many masks were filled in the picture for it.
COMPARE = """async () => {
  const { createMaskPicture } = await import('/static/js/render/mask_picture.js');
  const { createLayer } = await import('/static/js/render/layer_canvas.js');
  const { drawMaskLayer } = await import('/static/js/render/mask_layer.js');
  const [width, height, ratio] = [600, 400, 2];
  const newLayer = () => {
    const canvas = document.createElement('canvas');
    const layer = createLayer(canvas);
    layer.resize({ width, height }, ratio);
    return layer;
  };
  let seed = 7;
  const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const ring = (x, y, radius, corners) => Int32Array.from({ length: 2 * corners }, (_, at) => {
    const angle = (2 * Math.PI * (at >> 1)) / corners;
    return Math.round(at % 2 ? y + radius * Math.sin(angle) : x + radius * Math.cos(angle));
  });
  const masks = Array.from({ length: 400 }, (_, level) => ({
    contours: {
      points: ring(random(900), random(600), 15 + random(40), 24), ringStarts: Int32Array.of(0),
    },
    color: ['#e69f00', '#56b4e9', '#009e73'][level % 3],
    pattern: level % 5 ? 'plain' : 'dots', level, look: 'kept',
  }));
  const picked = masks[200];
  const over = (values) => [...masks.filter((mask) => mask !== picked), { ...picked, ...values }];
  let fills = 0;
  const makeCanvas = () => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    const { fill } = context;
    context.fill = (...values) => { fills += 1; fill.apply(context, values); };
    return canvas;
  };
  const picture = createMaskPicture({ onRest: () => {}, makeCanvas });
  picture.resize({ width, height }, ratio);
  const [shown, truth] = [newLayer(), newLayer()];
  const view = { scale: 0.64, offsetX: 3.3, offsetY: -2.7 };
  // On white, as colours of faint pixels are only rounded ones.
  const pixels = ({ context }) => {
    context.save();
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, width, height);
    context.restore();
    return context.getImageData(0, 0, width * ratio, height * ratio).data;
  };
  const step = (list, viewport = view) => {
    fills = 0;
    picture.draw(shown, list, viewport);
    drawMaskLayer(truth, list, viewport);
    const [a, b] = [pixels(shown), pixels(truth)];
    return [a.reduce((sum, value, at) => sum + (Math.abs(value - b[at]) > 12), 0), fills];
  };
  const resting = step(masks);
  const hovered = step(over({ look: 'hovered' }));
  const selected = step(over({ look: 'selected' }));
  const dragged = step(over({ look: 'selected', shift: { dx: 90, dy: 40 } }));
  const panned = step(over({ look: 'selected' }), { ...view, offsetX: 53.3 });
  const deselected = step(masks);
  const deleted = step(masks.filter((mask) => mask !== picked));
  return { resting, hovered, selected, dragged, panned, deselected, deleted };
}"""
# The same edge is not smoothed alike at another place of a canvas; a fill has thousands of pixels.
MOST_WRONG = 400
ALL = 400


def test_raised_moved_and_deleted_masks_look_the_same_above_a_picture(
    workbench: Workbench,
) -> None:
    steps: dict[str, Any] = workbench.page.evaluate(COMPARE)
    wrong = {name: count for name, (count, _) in steps.items()}
    assert max(wrong.values()) <= MOST_WRONG, wrong
    filled = {name: count for name, (_, count) in steps.items()}
    assert filled["resting"] == ALL
    assert 0 < filled["hovered"] < ALL / 4, "what does not lie there must stay as it is"
    assert filled["selected"] == filled["dragged"] == filled["panned"] == 0
    assert 0 < filled["deselected"] < ALL / 4
    assert 0 < filled["deleted"] < ALL / 4
