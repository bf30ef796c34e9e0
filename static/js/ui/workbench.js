/** The page as a whole, and the workbench in it. */

/** @import {App} from './app_context.js' */

import { render } from 'preact';
import { html } from 'htm/preact';
import { text } from '../texts/texts.js';
import { AppContext, useSession } from './app_context.js';
import { ClassPanel } from './class_panel.js';
import { Dialogs } from './dialogs.js';
import { Filmstrip } from './filmstrip.js';
import { HeaderBar } from './header_bar.js';
import { LearningScreen } from './learning_screen.js';
import { ObjectList } from './object_list.js';
import { OptionBar } from './option_bar.js';
import { Stage } from './stage.js';
import { StatusBar } from './status_bar.js';
import { ProjectsScreen } from './projects_screen.js';
import { GalleryScreen } from './gallery_screen.js';
import { Notices } from './notices.js';
import { ProposalPanel } from './proposal_panel.js';
import { StatisticsScreen } from './statistics_screen.js';
import { PanelEdge } from './panel_edge.js';
import { ToolRail } from './tool_rail.js';

/**
 * Put the page into the document.
 *
 * @param {HTMLElement} root where it goes
 * @param {App} app what its components reach
 */
export function showWorkbench(root, app) {
  render(
    html`<${AppContext.Provider} value=${app}>
      <${Page} />
    <//>`,
    root,
  );
}

/** The screen that is shown, below the header. */
function Page() {
  const screen = useSession((state) => state.screen);
  const dropping = useSession((state) => state.dropActive);
  if (screen === 'work') return html`<${Workbench} />`;
  return html`<div class="page">
    <${HeaderBar} />
    ${screen === 'projects' && html`<${ProjectsScreen} />`} ${screen === 'gallery' && html`<${GalleryScreen} />`}
    ${screen === 'statistics' && html`<${StatisticsScreen} />`} ${screen === 'learning' && html`<${LearningScreen} />`}
    <${Notices} />
    ${dropping && html`<div class="drop-veil"><p>${text('Drop to add')}</p></div>`}
    <${Dialogs} />
  </div>`;
}

/** Where masks are made. */
function Workbench() {
  const { panelsOpen, panelWidth } = useSession((state) => state.settings);
  return html`<div
    class=${panelsOpen ? 'workbench' : 'workbench panels-closed'}
    style=${panelsOpen ? { '--panel-width': `${panelWidth}px` } : undefined}
  >
    <${HeaderBar} />
    <${ToolRail} />
    <${OptionBar} />
    <${Stage} />
    <aside class="panels" aria-label=${text('Classes and objects')}>
      <${PanelEdge} /><${ClassPanel} /><${ProposalPanel} /><${ObjectList} />
    </aside>
    <${Filmstrip} />
    <${StatusBar} />
    <${Dialogs} />
  </div>`;
}
