/** The tools, at the left edge. */

/** @import {SessionState} from '../state/state_types.js' */
/** @import {IconName} from './icons.js' */

import { html } from 'htm/preact';
import { may } from '../state/team.js';
import { phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { IconButton } from './controls.js';

/** @type {{name: SessionState['tool'], icon: IconName, label: string, keys: string}[]} */
const TOOLS = [
  { name: 'select', icon: 'select', label: phrase('Select'), keys: 'V' },
  { name: 'point', icon: 'point', label: phrase('Click'), keys: 'C' },
  { name: 'scribble', icon: 'scribble', label: phrase('Scribble'), keys: 'Shift+C' },
  { name: 'box', icon: 'box', label: phrase('Box'), keys: 'R' },
  { name: 'brush', icon: 'brush', label: phrase('Brush'), keys: 'B' },
  { name: 'eraser', icon: 'eraser', label: phrase('Eraser'), keys: 'E' },
  { name: 'lasso', icon: 'lasso', label: phrase('Lasso'), keys: 'L' },
  { name: 'polygon', icon: 'polygon', label: phrase('Polygon'), keys: 'P' },
  { name: 'measure', icon: 'measure', label: phrase('Measure'), keys: 'Shift+M' },
  { name: 'pan', icon: 'pan', label: phrase('Pan'), keys: 'H' },
  { name: 'proposal', icon: 'proposal', label: phrase('Proposals'), keys: 'O' },
];

const TOOLS_TO_LOOK = ['select', 'measure', 'pan'];

/**
 * The rail.
 *
 * @returns {unknown} its elements
 */
export function ToolRail() {
  const { commands } = useApp();
  const tool = useSession((state) => state.tool);
  const annotates = useSession((state) => may(state, 'annotate'));
  const lookOpen = useSession((state) => state.lookPanelOpen);
  const masksVisible = useSession((state) => state.masksVisible);
  return html`<nav class="rail" aria-label=${text('Tools')}>
    ${TOOLS.filter(({ name }) => annotates || TOOLS_TO_LOOK.includes(name)).map(
      ({ name, icon, label, keys }) =>
        html`<${IconButton}
          key=${name}
          icon=${icon}
          label=${text(label)}
          keys=${keys}
          size=${20}
          pressed=${tool === name}
          onClick=${() => commands.chooseTool(name)}
        />`,
    )}
    <hr />
    <${IconButton} icon="zoomIn" label=${text('Zoom in')} keys="+" size=${20} onClick=${commands.zoomIn} />
    <${IconButton} icon="zoomOut" label=${text('Zoom out')} keys="-" size=${20} onClick=${commands.zoomOut} />
    <${IconButton} icon="fit" label=${text('Fit the image')} keys="F" size=${20} onClick=${commands.zoomFit} />
    <hr />
    <${IconButton}
      icon="masks"
      label=${text('Show masks')}
      keys="M"
      size=${20}
      pressed=${masksVisible}
      onClick=${commands.toggleMasks}
    />
    <${IconButton}
      icon="look"
      label=${text('Display')}
      keys="Shift+L"
      size=${20}
      pressed=${lookOpen}
      onClick=${commands.toggleLookPanel}
    />
    <span class="spacer"></span>
    <${IconButton} icon="help" label=${text('Keys')} keys="?" size=${20} onClick=${commands.showHelp} />
  </nav>`;
}
