// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { canvasPointOf } from '../../../static/js/input/canvas_point.js';

describe('canvas point', () => {
  it('counts from the corner of the canvas area', () => {
    const element = document.createElement('div');
    element.getBoundingClientRect = () => new DOMRect(40, 30, 100, 100);
    expect(canvasPointOf(element, { clientX: 45, clientY: 50 })).toEqual({ x: 5, y: 20 });
  });
});
