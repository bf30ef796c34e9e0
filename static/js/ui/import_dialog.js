/** Shows what would come of an annotation file, and takes it in when a person says so. */

/** @import {ImportReportJson, NoteJson} from '../exchange_types.js' */

import { html } from 'htm/preact';
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
      <p><b>${fileName}</b> was not imported; nothing was changed.</p>
      <${JobProblem} problem=${problem} />
      <footer><button type="button" class="button plain" autofocus onClick=${close}>Close</button></footer>
    </div>`;
  }
  if (job?.state !== 'done' || !job.report) {
    return html`<div class="form"><${JobProgress} job=${job} doing=${`Reading ${fileName}`} /></div>`;
  }
  const { is_dry_run: isTrial, added } = job.report;
  return html`<div class="form">
    <${Summary} report=${job.report} fileName=${fileName} />
    <footer>
      ${
        isTrial
          ? html`<button type="button" class="button plain" onClick=${close}>Cancel</button>
              <button
                type="button"
                class="button primary"
                autofocus
                disabled=${added === 0}
                onClick=${commands.confirmImport}
              >
                Import ${objects(added)}
              </button>`
          : html`<button type="button" class="button primary" autofocus onClick=${close}>Close</button>`
      }
    </footer>
  </div>`;
}

/** @param {{report: ImportReportJson, fileName: string}} props what came of the file, or would */
function Summary({ report, fileName }) {
  const verdict = report.is_dry_run
    ? html`<p>What <b>${fileName}</b> would bring. Nothing has been changed yet.</p>`
    : html`<p class="verdict">
        <${Icon} name="check" size=${18} />${objects(report.added)} from ${fileName} imported.
      </p>`;
  return html`${verdict}
    <${Figures}
      figures=${[
        ['objects in the file', report.annotations],
        [report.is_dry_run ? 'to be added' : 'added', report.added],
        ['already there', report.already_there],
        ['images found', `${report.images_found.toLocaleString('en')} of ${report.images.toLocaleString('en')}`],
      ]}
    />
    ${report.new_categories.length > 0 && html`<p>New classes: ${report.new_categories.join(', ')}</p>`}
    ${
      report.notes.length > 0 &&
      html`<h3>Left out, or odd</h3>
        <ul class="notes">
          ${report.notes.map(
            (/** @type {NoteJson} */ note) =>
              html`<li key=${note.code}>
                <b>${note.count.toLocaleString('en')} ×</b> ${sentence(note.text)}
                <small>${note.examples.slice(0, 3).join(', ')}${note.count > 3 ? ' …' : ''}</small>
              </li>`,
          )}
        </ul>`
    }`;
}

/** @type {(count: number) => string} */
function objects(count) {
  return count === 1 ? 'one object' : `${count.toLocaleString('en')} objects`;
}
