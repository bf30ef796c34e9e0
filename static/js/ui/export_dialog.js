/** Chooses an export, shows how it is made, and what the format could not carry. */

/** @import {ExportJson, ExportWishJson, LossJson} from '../exchange_types.js' */

import { html } from 'htm/preact';
import { decimal, numeral, phrase, plural, text } from '../texts/texts.js';
import { useState } from 'preact/hooks';
import { saveCounts } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { Icon } from './icons.js';
import { Figures, JobProblem, JobProgress } from './job_progress.js';
import { sentence } from './notices.js';

const FORMATS = [
  { value: 'coco', label: 'COCO', about: phrase('exact masks, or polygons') },
  { value: 'yolo', label: phrase('YOLO segmentation'), about: phrase('one ring per object, holes are filled') },
  { value: 'pascal_voc', label: 'Pascal VOC', about: phrase('boxes in XML, objects and classes in PNG') },
  { value: 'labelme', label: 'LabelMe', about: phrase('exact masks, LabelMe 5.3 or later') },
  { value: 'instance_png', label: phrase('PNG, objects'), about: phrase('a number for every object, 16 bits') },
  { value: 'semantic_png', label: phrase('PNG, classes'), about: phrase('a number for every class') },
  { value: 'panoptic', label: phrase('COCO panoptic'), about: phrase('a colour for every object') },
  { value: 'csv', label: phrase('CSV table'), about: phrase('measures of all objects, no masks') },
];

/**
 * The form, then the progress, then the report.
 *
 * @returns {unknown} its elements
 */
export function ExportDialog() {
  const exporting = useSession((state) => state.exporting);
  if (!exporting) return html`<${ExportForm} />`;
  const { job, problem } = exporting;
  if (problem) return html`<${Ended}><${JobProblem} problem=${problem} /><//>`;
  if (job?.state === 'done') return html`<${Report} job=${job} />`;
  return html`<div class="form"><${JobProgress} job=${job} doing=${text('Writing and reading back')} /></div>`;
}

/** The choices. */
function ExportForm() {
  const { commands } = useApp();
  const [wish, setWish] = useState(
    /** @type {Omit<ExportWishJson, 'project_id'>} */ ({ format: 'coco', segmentation: 'rle', with_provenance: false }),
  );
  const change = (/** @type {Partial<ExportWishJson>} */ part) => setWish({ ...wish, ...part });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void commands.startExport(wish.format === 'coco' ? wish : { format: wish.format, split: wish.split });
  };
  return html`<form class="form" onSubmit=${submit}>
    <${Unsaved} />
    <fieldset class="formats">
      <legend>${text('Format')}</legend>
      ${FORMATS.map(
        ({ value, label, about }, index) =>
          html`<label key=${value} class="choice">
            <input
              type="radio"
              name="format"
              value=${value}
              checked=${wish.format === value}
              autofocus=${index === 0}
              onChange=${() => change({ format: value })}
            />
            <b>${text(label)}</b><small>${text(about)}</small>
          </label>`,
      )}
    </fieldset>
    ${wish.format === 'coco' && html`<${CocoOptions} wish=${wish} change=${change} />`}
    <${SplitOptions} wish=${wish} change=${change} />
    <footer>
      <button type="button" class="button plain" onClick=${() => commands.showDialog(null)}>${text('Cancel')}</button>
      <button type="submit" class="button primary">${text('Export')}</button>
    </footer>
  </form>`;
}

/** @typedef {{wish: Omit<ExportWishJson, 'project_id'>, change: (part: Partial<ExportWishJson>) => void}} OptionProps */

/** @type {(props: OptionProps) => unknown} */
function CocoOptions({ wish, change }) {
  return html`<fieldset>
    <legend>${text('Masks')}</legend>
    <label class="choice">
      <input
        type="radio"
        name="segmentation"
        checked=${wish.segmentation === 'rle'}
        onChange=${() => change({ segmentation: 'rle' })}
      />
      <b>${text('Run-length codes')}</b><small>${text('exact, with holes and parts')}</small>
    </label>
    <label class="choice">
      <input
        type="radio"
        name="segmentation"
        checked=${wish.segmentation === 'polygons'}
        onChange=${() => change({ segmentation: 'polygons' })}
      />
      <b>${text('Polygons')}</b><small>${text('along the pixels, holes are filled')}</small>
    </label>
    <label class="choice">
      <input
        type="checkbox"
        name="with_provenance"
        checked=${wish.with_provenance}
        onChange=${() => change({ with_provenance: !wish.with_provenance })}
      />
      <b>${text('Provenance')}</b><small>${text('a second file with clicks, model, author and times')}</small>
    </label>
  </fieldset>`;
}

/** @type {(props: OptionProps) => unknown} */
function SplitOptions({ wish, change }) {
  const split = wish.split;
  const percent = (/** @type {'val_percent' | 'test_percent'} */ name, /** @type {string} */ label) =>
    split &&
    html`<label class="amount">
      <span>${label}</span>
      <input
        type="number"
        name=${name}
        min="0"
        max=${100 - (name === 'val_percent' ? split.test_percent : split.val_percent)}
        required
        value=${split[name]}
        onInput=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) =>
          change({ split: { ...split, [name]: Number(event.currentTarget.value) } })}
      />
      <span>%</span>
    </label>`;
  return html`<fieldset>
    <legend>${text('Parts')}</legend>
    <label class="choice">
      <input
        type="checkbox"
        name="split"
        checked=${split !== undefined}
        onChange=${() => change({ split: split ? undefined : { val_percent: 10, test_percent: 10, seed: 0, groups: 'none' } })}
      />
      <b>${text('Split')}</b><small>${text('training, validation and test; an image never changes its part')}</small>
    </label>
    ${
      split &&
      html`<div class="amounts">
          ${percent('val_percent', text('Validation'))}${percent('test_percent', text('Test'))}
        </div>
        <label class="choice">
          <input
            type="checkbox"
            name="groups"
            checked=${split.groups === 'name_prefix'}
            onChange=${() => change({ split: { ...split, groups: split.groups === 'none' ? 'name_prefix' : 'none' } })}
          />
          <b>${text('Keep series together')}</b><small>${text('names that differ in their last number only')}</small>
        </label>`
    }
  </fieldset>`;
}

/** Says that something is not on the server yet. */
function Unsaved() {
  const count = useSession((state) => {
    const { waiting, failed, saving, conflict } = saveCounts(state);
    return waiting + failed + saving + conflict;
  });
  if (count === 0) return null;
  return html`<p class="warning">
    <${Icon} name="warning" size=${16} />
    ${plural(
      count,
      'One change is not saved yet and will not be in the file.',
      '{count} changes are not saved yet and will not be in the file.',
    )}
  </p>`;
}

/** @param {{job: ExportJson}} props an export that is done */
function Report({ job }) {
  const report = job.report;
  if (!report) return null;
  const parts = Object.entries(report.parts).map(([name, count]) => `${name} ${numeral(count)}`);
  return html`<${Ended} job=${job}>
    <p class="verdict">
      <${Icon} name="check" size=${18} />
      ${plural(
        report.compared,
        'One mask was read back from the finished file and compared with the store.',
        '{count} masks were read back from the finished file and compared with the store.',
      )}
    </p>
    <${Figures}
      figures=${[
        [text('images'), report.images],
        [text('objects'), report.annotations],
        [text('classes'), report.categories],
      ]}
    />
    ${parts.length > 0 && html`<p>${text('Images in parts: {parts}', { parts: parts.join(', ') })}</p>`}
    ${
      report.losses.length > 0
        ? html`<h3>${text('What the format cannot carry')}</h3>
            <ul class="notes">
              ${report.losses.map((/** @type {LossJson} */ loss) => html`<li key=${loss.code}><b>${numeral(loss.count)} ×</b> ${sentence(loss.text)}</li>`)}
            </ul>`
        : html`<p>${text('Nothing was lost.')}</p>`
    }
  <//>`;
}

/** @param {{children: unknown, job?: ExportJson}} props what is shown, with the way on */
function Ended({ children, job }) {
  const { commands } = useApp();
  return html`<div class="form">
    ${children}
    <footer>
      <button type="button" class="button plain" onClick=${commands.showExport}>${text('Another export')}</button>
      ${
        job?.url &&
        html`<a class="button primary" href=${job.url} download=${job.file_name} autofocus>
          <${Icon} name="download" size=${16} />${text('Download {size}', { size: sizeText(job.byte_count ?? 0) })}
        </a>`
      }
    </footer>
  </div>`;
}

/** @type {(bytes: number) => string} */
function sizeText(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${numeral(bytes / 1000)} kB`;
  return `${decimal(bytes / 1_000_000, 1)} MB`;
}
