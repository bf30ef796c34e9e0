/** How readings look, the same on both kinds of layer. */

/** @type {Readonly<Record<'hover' | 'open', {fill: number, dashed: boolean}>>} */
export const LOOKS = Object.freeze({
  hover: Object.freeze({ fill: 0.24, dashed: true }),
  open: Object.freeze({ fill: 0.42, dashed: false }),
});
