/** Which reading of an ambiguous click is wanted. It belongs to the view: undo does not bring an old choice back. */

/** @import {Action, QuickAnswer, ReadingName} from '../state_types.js' */

/**
 * Remember the reading that is wanted for objects of a class.
 *
 * @param {number} categoryId the class
 * @param {ReadingName | null} name null for the best predicted
 * @returns {Action} an action on the view
 */
export function setReading(categoryId, name) {
  return (state) => {
    if ((state.readings[categoryId] ?? null) === name) return state;
    const readings = { ...state.readings };
    if (name) readings[categoryId] = name;
    else delete readings[categoryId];
    return { ...state, readings };
  };
}

/**
 * Bring back what an earlier visit remembered.
 *
 * @param {Readonly<Record<number, ReadingName>>} readings by class
 * @returns {Action} an action on the view
 */
export function setReadings(readings) {
  return (state) => ({ ...state, readings });
}

/**
 * Show the answer to the newest prompt before its exact mask is made.
 *
 * @param {QuickAnswer} quick for the revision of the open object that asked
 * @returns {Action} an action on the view
 */
export function showQuick(quick) {
  return (state) => ({ ...state, quick });
}
