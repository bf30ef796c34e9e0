/** Exports and imports as the page shows them. */

/** @import {ExportJson, ImportJson} from '../../exchange_types.js' */
/** @import {Action, Exchange} from '../state_types.js' */

/**
 * Say how far the export is.
 *
 * @param {Exchange<ExportJson> | null} exporting null when none is shown
 * @returns {Action} an action on the page's state
 */
export function setExporting(exporting) {
  return (state) => ({ ...state, exporting });
}

/**
 * Say how far the import is.
 *
 * @param {Exchange<ImportJson> | null} importing null when none is shown
 * @returns {Action} an action on the page's state
 */
export function setImporting(importing) {
  return (state) => ({ ...state, importing });
}
