/** A drawing context that writes down what is drawn. */

/** @import {Layer} from '../../../static/js/render/layer_canvas.js' */

/** @typedef {{name: string, values: unknown[], style: Record<string, unknown>}} DrawCall */

const STYLES = [
  'fillStyle',
  'strokeStyle',
  'globalAlpha',
  'lineWidth',
  'imageSmoothingEnabled',
  'imageSmoothingQuality',
];

/**
 * Make the context.
 *
 * @returns {{calls: DrawCall[], context: CanvasRenderingContext2D}} the record and the context
 */
export function fakeContext() {
  /** @type {DrawCall[]} */
  const calls = [];
  /** @type {Record<string, unknown>} */
  const style = {};
  const context = new Proxy(style, {
    get(target, name) {
      if (STYLES.includes(String(name))) return target[String(name)];
      if (name === 'canvas') return { width: 400, height: 320 };
      if (name === 'getTransform')
        return () => ({ inverse: () => ({ transformPoint: ({ x = 0, y = 0 }) => ({ x, y }) }) });
      if (name === 'measureText') return () => ({ width: 24 });
      return (/** @type {unknown[]} */ ...values) => {
        calls.push({ name: String(name), values, style: { ...target } });
      };
    },
  });
  return { calls, context: /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (context)) };
}

/**
 * Make a layer around a context that writes down what is drawn.
 *
 * @returns {{calls: DrawCall[], layer: Layer, named: (name: string) => DrawCall[]}} the record, the layer, and the calls
 *   of one name
 */
export function fakeLayer() {
  const { calls, context } = fakeContext();
  const layer = { context, ratio: 1, resize: () => {}, clear: () => context.clearRect(0, 0, 1, 1) };
  return { calls, layer, named: (name) => calls.filter((call) => call.name === name) };
}

/** A path that keeps its steps, in place of the browser's. */
export class FakePath {
  /** @type {(string | number)[][]} */
  steps = [];

  /**
   * Start a ring.
   *
   * @param {number} x image pixels
   * @param {number} y image pixels
   */
  moveTo(x, y) {
    this.steps.push(['move', x, y]);
  }

  /**
   * Go on to a corner.
   *
   * @param {number} x image pixels
   * @param {number} y image pixels
   */
  lineTo(x, y) {
    this.steps.push(['line', x, y]);
  }

  /**
   * Add a rectangle.
   *
   * @param {...number} values left, top, width, height in image pixels
   */
  rect(...values) {
    this.steps.push(['rect', ...values]);
  }

  /**
   * Add another path.
   *
   * @param {FakePath} other its steps are copied
   */
  addPath(other) {
    this.steps.push(...other.steps);
  }

  /**
   * Add a part of a circle.
   *
   * @param {...number} values centre, radius, angles
   */
  arc(...values) {
    this.steps.push(['arc', ...values]);
  }

  /** End a ring. */
  closePath() {
    this.steps.push(['close']);
  }
}
