/** A WebGL2 context that writes down what it is told. */

/**
 * Make the context.
 *
 * @param {{renderer?: string, linked?: boolean}} [options] what it says of itself
 * @returns {{gl: WebGL2RenderingContext, calls: {name: string, values: unknown[]}[],
 *   uniforms: () => Record<string, unknown[]>}} the context, its calls, and the newest value of each uniform
 */
export function fakeGl({ renderer = 'A graphics card', linked = true } = {}) {
  /** @type {{name: string, values: unknown[]}[]} */
  const calls = [];
  /** @type {Record<string, (...values: unknown[]) => unknown>} */
  const answers = {
    getParameter: () => renderer,
    getProgramParameter: () => linked,
    getProgramInfoLog: () => 'line 3 is wrong',
    getUniformLocation: (_program, name) => name,
    isContextLost: () => false,
    getExtension: () => null,
  };
  const gl = new Proxy(
    {},
    {
      get(_target, key) {
        const name = String(key);
        if (/^[A-Z]/.test(name)) return name;
        return (/** @type {unknown[]} */ ...values) => {
          calls.push({ name, values });
          return name in answers ? answers[name](...values) : { made: name };
        };
      },
    },
  );
  const uniforms = () =>
    Object.fromEntries(
      calls.filter(({ name }) => name.startsWith('uniform')).map(({ values: [place, ...rest] }) => [place, rest]),
    );
  return { gl: /** @type {WebGL2RenderingContext} */ (gl), calls, uniforms };
}
