/** The tools, at the left edge. */

/** @import {SessionState} from '../state/state_types.js' */
/** @import {IconName} from './icons.js' */

import { html } from 'htm/preact';
import { useApp, useSession } from './app_context.js';
import { IconButton } from './controls.js';

/** @type {{name: SessionState['tool'], icon: IconName, label: string, keys: string}[]} */
const TOOLS = [
  { name: 'select', icon: 'select', label: 'Select', keys: 'V' },
  { name: 'point', icon: 'point', label: 'Click', keys: 'C' },
  { name: 'box', icon: 'box', label: 'Box', keys: 'R' },
  { name: 'brush', icon: 'brush', label: 'Brush', keys: 'B' },
  { name: 'eraser', icon: 'eraser', label: 'Eraser', keys: 'E' },
  { name: 'lasso', icon: 'lasso', label: 'Lasso', keys: 'L' },
  { name: 'polygon', icon: 'polygon', label: 'Polygon', keys: 'P' },
  { name: 'pan', icon: 'pan', label: 'Pan', keys: 'H' },
  { name: 'proposal', icon: 'proposal', label: 'Proposals', keys: 'O' },
];

/**
 * The rail.
 *
 * @returns {unknown} its elements
 */
export function ToolRail() {
  const { commands } = useApp();
  const tool = useSession((state) => state.tool);
  const masksVisible = useSession((state) => state.masksVisible);
  return html`<nav class="rail" aria-label="Tools">
    ${TOOLS.map(
      ({ name, icon, label, keys }) =>
        html`<${IconButton}
          key=${name}
          icon=${icon}
          label=${label}
          keys=${keys}
          size=${20}
          pressed=${tool === name}
          onClick=${() => commands.chooseTool(name)}
        />`,
    )}
    <hr />
    <${IconButton} icon="zoomIn" label="Zoom in" keys="+" size=${20} onClick=${commands.zoomIn} />
    <${IconButton} icon="zoomOut" label="Zoom out" keys="-" size=${20} onClick=${commands.zoomOut} />
    <${IconButton} icon="fit" label="Fit the image" keys="F" size=${20} onClick=${commands.zoomFit} />
    <hr />
    <${IconButton}
      icon="masks"
      label="Show masks"
      keys="M"
      size=${20}
      pressed=${masksVisible}
      onClick=${commands.toggleMasks}
    />
    <span class="spacer"></span>
    <${IconButton} icon="help" label="Keys" keys="?" size=${20} onClick=${commands.showHelp} />
  </nav>`;
}
