/** The thin bar above the image: what the tool in hand does, and what can be done with the open object. */

/** @import {PointLabel} from '../types.js' */
/** @import {ReadingName} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { phrase, plural, text } from '../texts/texts.js';
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
import { overlapPolicy } from '../state/overlap.js';
import { useApp, useSession } from './app_context.js';
import { ClassSwatch } from './class_swatch.js';
import { Button, keepFocus } from './controls.js';
import { BrushSize, OutlineOptions, SelectionOptions } from './tool_options.js';
import { ThresholdBar } from './threshold_bar.js';

const HINTS = {
  select: phrase('Click to select, Shift for more; double click to refine, drag to move'),
  point: phrase('Right click for the other side, drag for a box'),
  box: phrase('Drag around an object, then add clicks if needed'),
  brush: phrase('Paint; Alt or the right button erases'),
  eraser: phrase('Erase; Alt or the right button paints'),
  lasso: phrase('Draw around what should be inside; Alt or the right button cuts out'),
  scribble: phrase('Draw over the object; Alt or the right button for the background, Shift for a loop around it'),
  polygon: phrase('Click from corner to corner, the first point closes; Alt cuts out'),
  proposal: phrase('Click takes the proposal, right click rejects it, Alt and wheel go to its whole or its parts'),
  measure: phrase('Drag to measure: distance, width × height in image pixels'),
  pan: phrase('Drag to move the image; hold Space with any tool'),
};

const OUTLINE_HINT = phrase('Drag points; click a line to add, right click to delete');

/**
 * The bar.
 *
 * @returns {unknown} its elements
 */
export function OptionBar() {
  const image = useSession(currentImage);
  return html`<div class="options" role="toolbar" aria-label=${text('Tool options')}>
    ${
      image &&
      html`<div class="tool-part"><${ToolPart} /></div>
        <${WorkPart} />`
    }
  </div>`;
}

/** What belongs to the tool in the hand. Where the bar is too narrow, this part is scrolled, and the other never. */
function ToolPart() {
  const tool = useSession((state) => state.tool);
  const draft = useSession(openDraft);
  return html`${tool === 'point' && html`<${PointSide} />`} ${tool === 'point' && !draft && html`<${ReadingChoice} />`}
    ${draft && html`<${ThresholdBar} />`} ${(tool === 'brush' || tool === 'eraser') && html`<${BrushSize} />`}
    ${tool === 'select' && html`<${SelectionOptions} />`}<${Hint} /><span class="spacer"></span
    ><${TakeSwitch} /> ${tool === 'point' && html`<${PreviewSwitch} />`}`;
}

/** How the tool is used, while there is nothing to do with what it made. */
function Hint() {
  const tool = useSession((state) => state.tool);
  const edits = useSession((state) => openOutline(state)?.open === false);
  const busy = useSession(
    (state) =>
      (state.tool === 'point' && openDraft(state) !== null) ||
      (state.tool === 'select' && state.selectedKeys.length > 0),
  );
  return busy ? null : html`<span class="hint">${text(edits ? OUTLINE_HINT : HINTS[tool])}</span>`;
}

/** What is in work, and how it ends. */
function WorkPart() {
  const draft = useSession(openDraft);
  const outline = useSession(openOutline);
  if (outline) return html`<${OutlineOptions} />`;
  return draft && html`<${OpenObject} />`;
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
      title=${text('{name} (X swaps)', { name })}
      onMouseDown=${keepFocus}
      onClick=${() => commands.choosePointLabel(value)}
    >
      <i aria-hidden="true"></i><span>${name}</span>
    </button>`;
  return html`<div class="segments" role="group" aria-label=${text('A click is on the')}>
    ${choice(1, text('Foreground'), 'plus')}${choice(0, text('Background'), 'minus')}
  </div>`;
}

/** @type {readonly {name: ReadingName | null, label: string, title: string}[]} */
const READING_NAMES = [
  { name: null, label: phrase('Best'), title: phrase('The reading with the highest predicted IoU') },
  { name: 'whole', label: phrase('Whole'), title: phrase('The largest reading of a click') },
  { name: 'part', label: phrase('Part'), title: phrase('The middle reading of a click') },
  { name: 'subpart', label: phrase('Sub-part'), title: phrase('The smallest reading of a click') },
];

/** Which reading of a click is wanted for the class. */
function ReadingChoice() {
  const { commands } = useApp();
  const wanted = useSession(wantedReading);
  return html`<div class="segments" role="group" aria-label=${text('A click means the')}>
    ${READING_NAMES.map(
      ({ name, label, title }) =>
        html`<button
          key=${label}
          type="button"
          class="segment"
          aria-pressed=${wanted === name}
          title=${text('{title}, for this class (Tab or Alt+Wheel walks)', { title: text(title) })}
          onMouseDown=${keepFocus}
          onClick=${() => commands.chooseReading(name)}
        >
          ${text(label)}
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
    title=${text('Preview the mask under the pointer (Q)')}
    onMouseDown=${keepFocus}
    onClick=${commands.toggleHover}
  >
    ${text('Preview')}
  </button>`;
}

/** In an exclusive project: whether masks take pixels of other objects. */
function TakeSwitch() {
  const { commands } = useApp();
  const exclusive = useSession((state) => overlapPolicy(state) === 'exclusive');
  const takes = useSession((state) => state.takesPixels);
  if (!exclusive) return null;
  return html`<button
    type="button"
    class="segment"
    aria-pressed=${takes}
    title=${text('New and changed masks take pixels of other objects (W); Shift+Enter does it once')}
    onMouseDown=${keepFocus}
    onClick=${commands.toggleTakesPixels}
  >
    ${text('Take pixels')}
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
    <${ClassSwatch} category=${category} />
    <span class="what">
      <span class="prefix">${draft.refines ? text('Refining:') : text('New:')}</span>${' '}
      <b title=${category?.name}>${category?.name ?? text('object')}</b>
      ${
        empty
          ? html`<small class="empty-mask">${text('empty mask, click on the object again')}</small>`
          : html`<small>${plural(count, '{count} prompt', '{count} prompts')}</small>`
      }
    </span>
    <${Button} keys="Esc" onClick=${commands.discard}>${draft.refines ? text('Cancel') : text('Discard')}<//>
    <${Button} keys="Enter" tone="primary" disabled=${!acceptable} onClick=${commands.accept}>${text('Accept')}<//>
  </div>`;
}
