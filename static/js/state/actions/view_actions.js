/** What the page shows around the work: tool, viewport, cursor, dialogs, notices. */

/** @import {Action, DecoderStatus, DialogName, ImagePoint, ModelSummary, Notice, PointLabel, Settings, Size, ToolName, Viewport} from '../state_types.js' */

/** Notices shown at once; older ones make room. */
const NOTICE_LIMIT = 4;

/**
 * Take a tool into the hand.
 *
 * @param {ToolName} tool the tool
 * @returns {Action} an action on the view
 */
export function chooseTool(tool) {
  return (state) =>
    state.tool === tool ? state : { ...state, tool, preview: null, hover: null, hoveredKey: null, measure: null };
}

/**
 * Choose what a plain left click means.
 *
 * @param {PointLabel} pointLabel 1 for the object, 0 for the background
 * @returns {Action} an action on the view
 */
export function choosePointLabel(pointLabel) {
  return (state) => ({ ...state, pointLabel });
}

/**
 * Show the image through another viewport.
 *
 * @param {Viewport | null} viewport null before the first layout
 * @returns {Action} an action on the view
 */
export function setViewport(viewport) {
  return (state) => ({ ...state, viewport });
}

/**
 * Remember the size of the canvas.
 *
 * @param {Size} canvasSize in CSS pixels
 * @returns {Action} an action on the view
 */
export function setCanvasSize(canvasSize) {
  return (state) => ({ ...state, canvasSize });
}

/**
 * Remember where the pointer is.
 *
 * @param {ImagePoint | null} cursor in image pixels, null when it left the canvas
 * @returns {Action} an action on the view
 */
export function setCursor(cursor) {
  return (state) => (state.cursor === cursor ? state : { ...state, cursor });
}

/**
 * Highlight a kept object.
 *
 * @param {string | null} hoveredKey the object, null for none
 * @returns {Action} an action on the view
 */
export function hoverObject(hoveredKey) {
  return (state) => (state.hoveredKey === hoveredKey ? state : { ...state, hoveredKey });
}

/**
 * Hide a kept object, or show it again.
 *
 * @param {string} key the object
 * @returns {Action} an action on the view
 */
export function toggleObjectHidden(key) {
  return (state) => {
    const { [key]: hidden, ...others } = state.hiddenKeys;
    return { ...state, hiddenKeys: hidden ? others : { ...others, [key]: true } };
  };
}

/**
 * Change what a person has chosen for this browser.
 *
 * @param {Partial<Settings>} change the parts that change
 * @returns {Action} an action on the view
 */
export function changeSettings(change) {
  return (state) => ({ ...state, settings: { ...state.settings, ...change } });
}

/**
 * Show or hide all masks.
 *
 * @returns {Action} an action on the view
 */
export function toggleMasks() {
  return (state) => ({ ...state, masksVisible: !state.masksVisible });
}

/**
 * Show only the selected objects, or all again.
 *
 * @returns {Action} an action on the view
 */
export function toggleSolo() {
  return (state) => ({ ...state, solo: !state.solo });
}

/**
 * Open or close the filmstrip.
 *
 * @returns {Action} an action on the view
 */
export function toggleFilmstrip() {
  return (state) => ({ ...state, filmstripOpen: !state.filmstripOpen });
}

/**
 * Open a dialog, or close the open one.
 *
 * @param {DialogName | null} dialog null closes
 * @param {number | null} [dialogCategoryId] the class that it is about
 * @returns {Action} an action on the view
 */
export function showDialog(dialog, dialogCategoryId = null) {
  return (state) => ({ ...state, dialog, dialogCategoryId });
}

/**
 * Say whether photographs are being dragged over the page.
 *
 * @param {boolean} dropActive true while they are
 * @returns {Action} an action on the view
 */
export function setDropActive(dropActive) {
  return (state) => (state.dropActive === dropActive ? state : { ...state, dropActive });
}

/**
 * Show a notice. The same message again replaces the earlier one.
 *
 * @param {Omit<Notice, 'id'>} notice what happened and what to do
 * @returns {Action} an action on the view
 */
export function addNotice(notice) {
  return (state) => {
    const others = state.notices.filter((old) => old.message !== notice.message);
    const notices = [...others, { ...notice, id: state.nextNoticeId }].slice(-NOTICE_LIMIT);
    return { ...state, notices, nextNoticeId: state.nextNoticeId + 1 };
  };
}

/**
 * Take a notice away.
 *
 * @param {number} id the notice
 * @returns {Action} an action on the view
 */
export function dismissNotice(id) {
  return (state) => ({ ...state, notices: state.notices.filter((notice) => notice.id !== id) });
}

/**
 * Say which model answers.
 *
 * @param {ModelSummary} model the model that the server runs
 * @returns {Action} an action on the view
 */
export function setModel(model) {
  return (state) => ({ ...state, model });
}

/**
 * Say how the decoder in this browser is doing.
 *
 * @param {DecoderStatus} decoder its phase and threads
 * @returns {Action} an action on the view
 */
export function setDecoderStatus(decoder) {
  return (state) => ({ ...state, decoder });
}
