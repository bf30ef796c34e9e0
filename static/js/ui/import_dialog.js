/** Shows what would come of an annotation file, and takes it in when a person says so. */

/** @import {ImportReportJson, NoteJson} from '../exchange_types.js' */

import { html } from 'htm/preact';
import { numeral, plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Icon } from './icons.js';
import { Figures, JobProblem, JobProgress } from './job_progress.js';
import { sentence } from './notices.js';

/**
 * The progress, then the report.
 *
 * @returns {unknown} its elements
 */
export function ImportDialog() {
  const { commands } = useApp();
  const importing = useSession((state) => state.importing);
  if (!importing) return null;
  const { job, problem, fileName } = importing;
  const close = () => commands.showDialog(null);
  if (problem) {
    return html`<div class="form">
      <p>${text('{name} was not imported; nothing was changed.', { name: fileName })}</p>
      <${JobProblem} problem=${problem} />
      <footer><button type="button" class="button plain" autofocus onClick=${close}>${text('Close')}</button></footer>
    </div>`;
  }
  if (job?.state !== 'done' || !job.report) {
    return html`<div class="form">
      <${JobProgress} job=${job} doing=${text('Reading {name}', { name: fileName })} />
    </div>`;
  }
  const { is_dry_run: isTrial, added } = job.report;
  return html`<div class="form">
    <${Summary} report=${job.report} fileName=${fileName} />
    <footer>
      ${
        isTrial
          ? html`<button type="button" class="button plain" onClick=${close}>${text('Cancel')}</button>
              <button
                type="button"
                class="button primary"
                autofocus
                disabled=${added === 0}
                onClick=${commands.confirmImport}
              >
                ${plural(added, 'Import {count} object', 'Import {count} objects')}
              </button>`
          : html`<button type="button" class="button primary" autofocus onClick=${close}>${text('Close')}</button>`
      }
    </footer>
  </div>`;
}

/** @param {{report: ImportReportJson, fileName: string}} props what came of the file, or would */
function Summary({ report, fileName }) {
  const verdict = report.is_dry_run
    ? html`<p>${text('What {name} would bring. Nothing has been changed yet.', { name: fileName })}</p>`
    : html`<p class="verdict">
        <${Icon} name="check" size=${18} />${plural(
          report.added,
          '{count} object from {name} imported.',
          '{count} objects from {name} imported.',
          { name: fileName },
        )}
      </p>`;
  return html`${verdict}
    <${Figures}
      figures=${[
        [text('objects in the file'), report.annotations],
        [report.is_dry_run ? text('to be added') : text('added'), report.added],
        [text('already there'), report.already_there],
        [text('images found'), text('{number} of {count}', { number: report.images_found, count: report.images })],
      ]}
    />
    ${report.new_categories.length > 0 && html`<p>${text('New classes: {names}', { names: report.new_categories.join(', ') })}</p>`}
    ${
      report.notes.length > 0 &&
      html`<h3>${text('Left out, or odd')}</h3>
        <ul class="notes">
          ${report.notes.map(
            (/** @type {NoteJson} */ note) =>
              html`<li key=${note.code}>
                <b>${numeral(note.count)} ×</b> ${sentence(note.text)}
                <small>${note.examples.slice(0, 3).join(', ')}${note.count > 3 ? ' …' : ''}</small>
              </li>`,
          )}
        </ul>`
    }`;
}
