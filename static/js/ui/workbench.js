/** The page as a whole. */

/** @import {App} from './app_context.js' */

import { render } from 'preact';
import { html } from 'htm/preact';
import { AppContext } from './app_context.js';
import { ClassPanel } from './class_panel.js';
import { Dialogs } from './dialogs.js';
import { Filmstrip } from './filmstrip.js';
import { HeaderBar } from './header_bar.js';
import { ObjectList } from './object_list.js';
import { OptionBar } from './option_bar.js';
import { Stage } from './stage.js';
import { StatusBar } from './status_bar.js';
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
      <div class="workbench">
        <${HeaderBar} />
        <${ToolRail} />
        <${OptionBar} />
        <${Stage} />
        <aside class="panels"><${ClassPanel} /><${ObjectList} /></aside>
        <${Filmstrip} />
        <${StatusBar} />
        <${Dialogs} />
      </div>
    <//>`,
    root,
  );
}
