/** The thin bar above the image: what the tool in hand does, and what can be done with the open object. */

/** @import {PointLabel} from '../types.js' */
/** @import {ReadingName} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { wantedReading } from '../state/hover.js';
import {
  canAccept,
  categoryById,
  currentImage,
  openDraft,
  openOutline,
  promptCount,
  shownCandidate,
} from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { Button, keepFocus } from './controls.js';
import { BrushSize, OutlineOptions, SelectionOptions } from './tool_options.js';
import { ThresholdBar } from './threshold_bar.js';

const HINTS = {
  select: 'Click to select, Shift for more; double click to refine, drag to move',
  point: 'Right click for the other side, drag for a box',
  box: 'Drag around an object, then add clicks if needed',
  brush: 'Paint; Alt or the right button erases',
  eraser: 'Erase; Alt or the right button paints',
  lasso: 'Draw around what should be inside; Alt or the right button cuts out',
  polygon: 'Click from corner to corner, the first point closes; Alt cuts out',
  proposal: 'Click takes the proposal, right click rejects it, Alt and wheel go to its whole or its parts',
  pan: 'Drag to move the image; hold Space with any tool',
};

const OUTLINE_HINT = 'Drag points; click a line to add, right click to delete';

/**
 * The bar.
 *
 * @returns {unknown} its elements
 */
export function OptionBar() {
  const image = useSession(currentImage);
  return html`<div class="options" role="toolbar" aria-label="Tool options">
    ${image && html`<${ToolPart} />`}<span class="spacer"></span>${image && html`<${WorkPart} />`}
  </div>`;
}

/** What belongs to the tool in the hand. */
function ToolPart() {
  const tool = useSession((state) => state.tool);
  const edits = useSession((state) => openOutline(state)?.open === false);
  const draft = useSession(openDraft);
  return html`${tool === 'point' && html`<${PointSide} />`} ${tool === 'point' && !draft && html`<${ReadingChoice} />`}
  ${draft && html`<${ThresholdBar} />`} ${(tool === 'brush' || tool === 'eraser') && html`<${BrushSize} />`}
  ${tool === 'select' && html`<${SelectionOptions} />`}
  ${!(tool === 'point' && draft) && html`<span class="hint">${edits ? OUTLINE_HINT : HINTS[tool]}</span>`}`;
}

/** What is in work, and how it ends. */
function WorkPart() {
  const tool = useSession((state) => state.tool);
  const draft = useSession(openDraft);
  const outline = useSession(openOutline);
  if (outline) return html`<${OutlineOptions} />`;
  return html`${tool === 'point' && html`<${PreviewSwitch} />`} ${draft && html`<${OpenObject} />`}`;
}

/** What a plain click means. */
function PointSide() {
  const { commands } = useApp();
  const label = useSession((state) => state.pointLabel);
  /** @type {(value: PointLabel, name: string, sign: string) => unknown} */
  const choice = (value, name, sign) =>
    html`<button
      type="button"
      class=${`segment ${sign}`}
      aria-pressed=${label === value}
      title=${`${name} (X swaps)`}
      onMouseDown=${keepFocus}
      onClick=${() => commands.choosePointLabel(value)}
    >
      <i aria-hidden="true"></i>${name}
    </button>`;
  return html`<div class="segments" role="group" aria-label="A click is on the">
    ${choice(1, 'Foreground', 'plus')}${choice(0, 'Background', 'minus')}
  </div>`;
}

/** @type {readonly {name: ReadingName | null, label: string, title: string}[]} */
const READING_NAMES = [
  { name: null, label: 'Best', title: 'The reading with the highest predicted IoU' },
  { name: 'whole', label: 'Whole', title: 'The largest reading of a click' },
  { name: 'part', label: 'Part', title: 'The middle reading of a click' },
  { name: 'subpart', label: 'Sub-part', title: 'The smallest reading of a click' },
];

/** Which reading of a click is wanted for the class. */
function ReadingChoice() {
  const { commands } = useApp();
  const wanted = useSession(wantedReading);
  return html`<div class="segments" role="group" aria-label="A click means the">
    ${READING_NAMES.map(
      ({ name, label, title }) =>
        html`<button
          key=${label}
          type="button"
          class="segment"
          aria-pressed=${wanted === name}
          title=${`${title}, for this class (Tab or Alt+Wheel walks)`}
          onMouseDown=${keepFocus}
          onClick=${() => commands.chooseReading(name)}
        >
          ${label}
        </button>`,
    )}
  </div>`;
}

/** Whether the mask under the pointer is previewed. */
function PreviewSwitch() {
  const { commands } = useApp();
  const enabled = useSession((state) => state.hoverEnabled);
  return html`<button
    type="button"
    class="segment"
    aria-pressed=${enabled}
    title="Preview the mask under the pointer (Q)"
    onMouseDown=${keepFocus}
    onClick=${commands.toggleHover}
  >
    Preview
  </button>`;
}

/** The object in work, with the two ways to end it. */
function OpenObject() {
  const { commands } = useApp();
  const draft = useSession(openDraft);
  const acceptable = useSession(canAccept);
  const category = useSession((state) => categoryById(state, openDraft(state)?.categoryId ?? -1));
  if (!draft) return null;
  const count = promptCount(draft);
  const empty = draft.answered && shownCandidate(draft)?.area === 0;
  return html`<div class="open-object">
    <span class="swatch" style=${{ background: category?.color }}></span>
    <span class="what">
      ${draft.refines ? 'Refining' : 'New'} <b>${category?.name ?? 'object'}</b>
      ${
        empty
          ? html`<small class="empty-mask">empty mask, click on the object again</small>`
          : html`<small>${count === 1 ? '1 prompt' : `${count} prompts`}</small>`
      }
    </span>
    <${Button} keys="Esc" onClick=${commands.discard}>${draft.refines ? 'Cancel' : 'Discard'}<//>
    <${Button} keys="Enter" tone="primary" disabled=${!acceptable} onClick=${commands.accept}>Accept<//>
  </div>`;
}
