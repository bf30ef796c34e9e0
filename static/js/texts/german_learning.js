/** German for what the model learns from the work. */

/** By the English words. */
export const GERMAN_LEARNING = Object.freeze({
  '{name} answers from now on': '{name} antwortet von jetzt an',
});
