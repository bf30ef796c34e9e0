/** The masks that the model offers by itself: starting the search, choosing how sure they must be, deciding. */

/** @import {Proposal, ProposalFilter, ProposalLayer} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { countDecisions, proposalLayer, shownProposals } from '../state/proposals.js';
import { decimal, numeral, plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button, IconButton } from './controls.js';
import { MaskThumb } from './mask_thumb_view.js';
import { ProjectProposals } from './project_proposals.js';

const THUMB = 28;
/** Rows that are drawn; the others follow as these are decided. */
const MOST_ROWS = 40;
const COLOR = '#e7e9ec';

/**
 * The panel, while the tool for proposals is in hand.
 *
 * @returns {unknown} its elements
 */
export function ProposalPanel() {
  const isOpen = useSession((state) => state.tool === 'proposal' && state.currentImageId !== null);
  const layer = useSession(proposalLayer);
  const shown = useSession(shownProposals);
  if (!isOpen) return null;
  const isReady = layer?.phase === 'ready';
  return html`<section
    class=${isReady ? 'panel proposals deciding' : 'panel proposals'}
    aria-label=${text('Proposals')}
  >
    <h2>${text('Proposals')} ${isReady && html`<${Count} shown=${shown.length} />`}</h2>
    ${!layer && html`<${Invitation} />`} ${layer?.phase === 'running' && html`<${Search} share=${layer.share} />`}
    ${isReady && html`<${Review} layer=${layer} shown=${shown} />`}
    <${ProjectProposals} folded=${isReady} />
  </section>`;
}

/** @param {{shown: number}} props how many are offered; the others are not sure enough */
function Count({ shown }) {
  const open = useSession((state) => countDecisions(state).open);
  return html`<span class="count"> ${open === shown ? shown : text('{shown} of {open}', { shown, open })} </span>`;
}

/** Before a search. */
function Invitation() {
  const { commands } = useApp();
  return html`<div class="invitation">
    <p>${text('The model looks for all objects of this image. You accept what is right.')}</p>
    <${Button} tone="primary" icon="proposal" onClick=${commands.propose}>${text('Propose')}<//>
  </div>`;
}

/** @param {{share: number}} props how much of the search is done */
function Search({ share }) {
  const { commands } = useApp();
  const percent = Math.round(100 * share);
  return html`<div class="searching">
    <p>${text('The model looks for objects: {percent} %', { percent })}</p>
    <div
      class="bar"
      role="progressbar"
      aria-label=${text('Search')}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${percent}
    >
      <i style=${{ width: `${percent}%` }}></i>
    </div>
    <${Button} onClick=${commands.cancelProposals}>${text('Cancel')}<//>
  </div>`;
}

/** @param {{layer: ProposalLayer, shown: readonly Proposal[]}} props what was found, and what of it is offered */
function Review({ layer, shown }) {
  const { commands } = useApp();
  const rejected = Object.keys(layer.rejected).length;
  const counts = useSession(countDecisions);
  return html`<div class="thresholds">
      <${Threshold} name="predictedIou" label=${text('Predicted IoU at least')} />
      <${Threshold} name="stability" label=${text('Stability at least')} />
    </div>
    ${shown.length === 0 && html`<p class="nothing">${nothingText(layer.items, counts)}</p>`}
    <ul>
      ${shown.slice(0, MOST_ROWS).map((one) => html`<${Row} key=${one.number} proposal=${one} />`)}
    </ul>
    <div class="foot">
      ${
        shown.length > 0 &&
        html`<span title=${`${text('Accept all proposals that are shown')} (Shift+Y)`}>
          <${Button} onClick=${commands.takeAllProposals}>
            ${plural(shown.length, 'Accept this {count}', 'Accept these {count}')}
          <//>
        </span>`
      }
      ${
        rejected > 0 &&
        html`<${Button} onClick=${commands.restoreProposals}>
          ${plural(rejected, 'Restore {count} rejected', 'Restore {count} rejected')}
        <//>`
      }
      <${Button} onClick=${commands.cancelProposals}>${text('Forget all')}<//>
    </div>`;
}

/** @param {{name: keyof ProposalFilter, label: string}} props which threshold */
function Threshold({ name, label }) {
  const { commands } = useApp();
  const value = useSession((state) => state.proposalFilter[name], [name]);
  return html`<label class="threshold">
    <span>${label}</span>
    <input
      type="range"
      min="0"
      max="1"
      step="0.01"
      aria-label=${label}
      aria-valuetext=${decimal(value, 2)}
      value=${value}
      onPointerUp=${(/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => currentTarget.blur()}
      onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) =>
        commands.setProposalFilter({ [name]: Number(currentTarget.value) })}
    />
    <output>${decimal(value, 2)}</output>
  </label>`;
}

/** @param {{proposal: Proposal}} props one of the offered masks */
function Row({ proposal }) {
  const { commands } = useApp();
  const { number, rle, bbox, predictedIou, stability, area } = proposal;
  const hovered = useSession((state) => state.hoveredProposal === number, [number]);
  return html`<li
    class=${hovered ? 'row hovered' : 'row'}
    onMouseEnter=${() => commands.hoverProposal(number)}
    onMouseLeave=${() => commands.hoverProposal(null)}
  >
    <${MaskThumb} contours=${null} rle=${rle} bbox=${bbox} color=${COLOR} size=${THUMB} />
    <span class="text">
      <span class="name" title=${text('Predicted IoU and stability')}
        >${decimal(predictedIou, 2)} · ${decimal(stability, 2)}</span
      >
      <span class="details">${numeral(area)} px</span>
    </span>
    <span class="actions">
      <${IconButton}
        icon="check"
        label=${text('Accept proposal {number}', { number })}
        keys="Y"
        size=${16}
        onClick=${() => commands.takeProposal(number)}
      />
      <${IconButton}
        icon="close"
        label=${text('Reject proposal {number}', { number })}
        keys="K"
        size=${16}
        onClick=${() => commands.rejectProposal(number)}
      />
    </span>
  </li>`;
}

/**
 * Say why the list is empty.
 *
 * @param {readonly Proposal[]} items what was found
 * @param {{open: number, sureDecided: number}} counts what waits, and what that is sure enough was decided about
 * @returns {string} one or two sentences
 */
export function nothingText(items, { open, sureDecided }) {
  if (items.length === 0) return text('The model found nothing here. Click the objects instead.');
  if (open === 0) return text('All proposals are decided.');
  if (sureDecided === 0) return text('No proposal is this sure. Move the thresholds to the left.');
  return plural(
    open,
    'All proposals that are this sure are decided. Move the thresholds to the left for {count} that is less sure.',
    'All proposals that are this sure are decided. Move the thresholds to the left for {count} that are less sure.',
  );
}
