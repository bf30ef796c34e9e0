/** The run that tunes the decoder: begin it, watch it, end it. */

/** @import {TuningJson, TuningPhase} from '../learning_types.js' */

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { numeral, phrase, text } from '../texts/texts.js';
import { useApp } from './app_context.js';
import { Button } from './controls.js';
import { JobProblem } from './job_progress.js';
import { LinePlot } from './line_plot.js';

const DEFAULT_MINUTES = 10;
const MOST_MINUTES = 1440;

/** @type {Partial<Record<TuningPhase, string>>} */
const DOING = {
  starting: phrase('Starting'),
  encoding: phrase('Encoding photographs'),
  tuning: phrase('Learning'),
  exporting: phrase('Preparing the decoder for the browser'),
};

/**
 * Say whether a process is working.
 *
 * @param {TuningJson} tuning the newest run
 * @returns {boolean} true while it is
 */
export function isGoingOn(tuning) {
  return tuning.state in DOING;
}

/**
 * The run.
 *
 * @param {object} props what it shows
 * @param {number} props.projectId the open project
 * @param {TuningJson} props.tuning the newest run, of any project
 * @param {boolean} props.isEnough whether the open project gives enough to learn from
 * @param {() => void} props.onChange something was asked of the server
 * @returns {unknown} its elements
 */
export function LearningRun({ projectId, tuning, isEnough, onChange }) {
  const title = tuning.project_name ? text('Run on {name}', { name: tuning.project_name }) : text('Run');
  return html`<section class="sheet" aria-label=${title}>
    <h3>${title}</h3>
    ${
      isGoingOn(tuning)
        ? html`<${Going} tuning=${tuning} onChange=${onChange} />`
        : html`<${Outcome} tuning=${tuning} /><${Start}
              projectId=${projectId}
              tuning=${tuning}
              isEnough=${isEnough}
              onChange=${onChange}
            />`
    }
    <${Curve} tuning=${tuning} />
  </section>`;
}

/** @param {{projectId: number, tuning: TuningJson, isEnough: boolean, onChange: () => void}} props as `LearningRun` */
function Start({ projectId, tuning, isEnough, onChange }) {
  const { commands } = useApp();
  const [minutes, setMinutes] = useState(DEFAULT_MINUTES);
  const start = async (/** @type {Event} */ event) => {
    event.preventDefault();
    await commands.startTuning(projectId, minutes);
    onChange();
  };
  const goOn = () => void commands.resumeTuning().then(onChange);
  const forget = () => void commands.cancelTuning().then(onChange);
  if (tuning.state === 'interrupted') {
    return html`<p>${text('The run was interrupted. It can go on from where it was.')}</p>
      <div class="row">
        <${Button} tone="primary" onClick=${goOn}>${text('Go on')}<//>
        <${Button} onClick=${forget}>${text('Forget it')}<//>
      </div>`;
  }
  return html`<form class="row" onSubmit=${start}>
    <label class="amount">
      <span>${text('Minutes')}</span>
      <input
        type="number"
        name="minutes"
        min="1"
        max=${MOST_MINUTES}
        step="1"
        required
        value=${minutes}
        onInput=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) =>
          setMinutes(Number(event.currentTarget.value))}
      />
    </label>
    <button type="submit" class="button primary" disabled=${!isEnough}>${text('Learn')}</button>
    <span class="fine">${text('It runs at low priority; you can go on working.')}</span>
  </form>`;
}

/** @param {{tuning: TuningJson, onChange: () => void}} props a run that goes on */
function Going({ tuning, onChange }) {
  const { commands } = useApp();
  const share = tuning.total > 0 ? Math.min(1, tuning.done / tuning.total) : null;
  const doing = text(DOING[tuning.state] ?? '');
  return html`<div class="row going">
    <div class="job" role="status">
      <progress aria-label=${doing} value=${share ?? undefined} max="1"></progress>
      <p>${share === null ? doing : `${doing}, ${numeral(Math.floor(100 * share))} %`}</p>
    </div>
    <${Button} onClick=${() => void commands.cancelTuning().then(onChange)}>${text('Cancel')}<//>
  </div>`;
}

/** @param {{tuning: TuningJson}} props a run that has ended, or none */
function Outcome({ tuning }) {
  if (tuning.error) return html`<${JobProblem} problem=${tuning.error} />`;
  if (tuning.state === 'cancelled') return html`<p>${text('The last run was cancelled; nothing was kept.')}</p>`;
  if (tuning.state !== 'done' || !tuning.before) return null;
  if (tuning.model_id === null) {
    return html`<p>${text('Nothing was better than the decoder as it is. More masks, or more minutes, may help.')}</p>`;
  }
  const after = Math.min(...tuning.curve.map(({ scores }) => scores.clicks_to_90));
  return html`<p class="verdict">
    ${text('Clicks to 90 % IoU on photographs kept apart: {before} before, {after} after.', {
      before: numeral(tuning.before.clicks_to_90, 2),
      after: numeral(after, 2),
    })}
  </p>`;
}

/** @param {{tuning: TuningJson}} props a run */
function Curve({ tuning }) {
  if (!tuning.before || tuning.curve.length === 0) return null;
  return html`<${LinePlot}
    title=${text('Clicks to 90 % IoU on photographs kept apart')}
    points=${tuning.curve.map(({ seconds, scores }) => ({ seconds, value: scores.clicks_to_90 }))}
    level=${tuning.before.clicks_to_90}
    levelName=${text('before')}
  />`;
}
