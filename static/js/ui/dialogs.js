/** The dialogs: the keys, adding a folder, removing images, exports and imports. */

/** @import {ComponentChildren} from 'preact' */
/** @import {DialogName} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { selectedImages } from '../state/image_states.js';
import { currentImage, keptObjects } from '../state/selectors.js';
import { plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { ClassSettings } from './class_settings.js';
import { ClassStatistics } from './class_statistics.js';
import { IconButton } from './controls.js';
import { DoctorPanel } from './doctor_panel.js';
import { ExportDialog } from './export_dialog.js';
import { FormProblem } from './form_problem.js';
import { ImportDialog } from './import_dialog.js';
import { LeftWorkDialog } from './left_work_dialog.js';
import { Palette } from './palette.js';
import { PasswordForm } from './password_form.js';
import { RejectForm } from './reject_form.js';
import { SettingsForm } from './settings_form.js';
import { ShortcutHelp } from './shortcut_help.js';
import { SignInForm } from './sign_in_form.js';
import { UsersDialog } from './users_dialog.js';

/**
 * The open dialog, if any.
 *
 * @returns {unknown} its elements
 */
export function Dialogs() {
  const dialog = useSession((state) => state.dialog);
  if (dialog === 'help') return html`<${Dialog} title=${text('Keys')} size="wide"><${ShortcutHelp} /><//>`;
  if (dialog === 'folder') return html`<${Dialog} title=${text('Add a folder on the server')}><${FolderForm} /><//>`;
  if (dialog === 'removeImage') return html`<${Dialog} title=${text('Remove this image')}><${RemoveForm} /><//>`;
  if (dialog === 'palette') return html`<${Dialog} title=${text('Actions')}><${Palette} /><//>`;
  if (dialog === 'doctor') return html`<${Dialog} title=${text('Doctor')} size="roomy"><${DoctorPanel} /><//>`;
  if (dialog === 'settings') return html`<${Dialog} title=${text('Settings')}><${SettingsForm} /><//>`;
  if (dialog === 'classSettings') return html`<${Dialog} title=${text('Class settings')}><${ClassSettings} /><//>`;
  if (dialog === 'classStatistics') {
    return html`<${Dialog} title=${text('Classes on this image')} size="wide"><${ClassStatistics} /><//>`;
  }
  if (dialog === 'export') return html`<${Dialog} title=${text('Export')} size="roomy"><${ExportDialog} /><//>`;
  if (dialog === 'import')
    return html`<${Dialog} title=${text('Import annotations')} size="roomy"><${ImportDialog} /><//>`;
  if (dialog === 'removeSelected') {
    return html`<${Dialog} title=${text('Remove photographs')}><${RemoveSelectedForm} /><//>`;
  }
  return html`<${TeamDialogs} dialog=${dialog} />`;
}

/** @param {{dialog: DialogName | null}} props the open dialog, if it is one about people */
function TeamDialogs({ dialog }) {
  if (dialog === 'users') return html`<${Dialog} title=${text('People')} size="roomy"><${UsersDialog} /><//>`;
  if (dialog === 'password') return html`<${Dialog} title=${text('Change password')}><${PasswordForm} /><//>`;
  if (dialog === 'reject') return html`<${Dialog} title=${text('Reject')}><${RejectForm} /><//>`;
  if (dialog === 'leftWork') {
    return html`<${Dialog} title=${text('Work of somebody else')} size="roomy"><${LeftWorkDialog} /><//>`;
  }
  if (dialog === 'signIn') return html`<${SignInAgain} />`;
  return null;
}

/** Asks for the password again, over the work, which waits. It closes only when somebody is signed in. */
function SignInAgain() {
  const { commands } = useApp();
  const name = useSession((state) => state.team.user?.name ?? '');
  return html`<${Dialog} title=${text('Sign in again')} stays>
    <p class="dialog-note">${text('Your session has ended. What you made here waits and is saved afterwards.')}</p>
    <${SignInForm} name=${name} onSignIn=${commands.signIn} />
  <//>`;
}

/** @param {{title: string, children: ComponentChildren, size?: 'wide' | 'roomy' | '', stays?: boolean}} props what it shows */
function Dialog({ title, children, size = '', stays = false }) {
  const { commands } = useApp();
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  // Before anything is painted: a key that comes before the dialog is open would mean the page behind it.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    const first = dialog?.querySelector('[autofocus]') ?? dialog;
    if (first instanceof HTMLElement) first.focus();
  }, []);
  const close = () => commands.showDialog(null);
  return html`<dialog
    ref=${element}
    tabindex="-1"
    class=${`dialog ${size}`}
    aria-label=${title}
    onClose=${close}
    onCancel=${(/** @type {Event} */ event) => stays && event.preventDefault()}
    onClick=${(/** @type {MouseEvent} */ event) => !stays && event.target === element.current && close()}
  >
    <header>
      <h2>${title}</h2>
      ${!stays && html`<${IconButton} icon="close" label=${text('Close')} onClick=${close} />`}
    </header>
    ${children}
  </dialog>`;
}

/** Asks for the folder. */
function FolderForm() {
  const { commands } = useApp();
  const [path, setPath] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(false);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setRefused(false);
    const added = await commands.addFolder(path.trim());
    setBusy(false);
    setRefused(!added);
    if (added) commands.showDialog(null);
  };
  return html`<form class="form" onSubmit=${submit}>
    <label>
      <span>${text('Folder')}</span>
      <input
        type="text"
        name="path"
        autofocus
        placeholder=${text('/home/me/photographs')}
        autocomplete="off"
        spellcheck=${false}
        value=${path}
        onInput=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => setPath(event.currentTarget.value)}
      />
    </label>
    ${refused && html`<${FormProblem} />`}
    <p>
      ${text('The path as the server sees it. All photographs in it are added; the files themselves stay as they are.')}
    </p>
    <footer>
      <button type="button" class="button plain" onClick=${() => commands.showDialog(null)}>${text('Cancel')}</button>
      <button type="submit" class="button primary" disabled=${busy || path.trim() === ''}>
        ${busy ? text('Adding') : text('Add folder')}
      </button>
    </footer>
  </form>`;
}

/** Asks before an image leaves. */
function RemoveForm() {
  const { commands } = useApp();
  const image = useSession(currentImage);
  const count = useSession((state) => keptObjects(state).length);
  if (!image) return null;
  const remove = (/** @type {Event} */ event) => {
    event.preventDefault();
    commands.showDialog(null);
    void commands.removeImage(image.id);
  };
  return html`<form class="form" onSubmit=${remove}>
    <p>
      <b>${image.file_name}</b>${': '}
      ${
        count === 0
          ? text('The photograph leaves the project and the export. Adding the same file again brings it back.')
          : plural(
              count,
              'The photograph and its object leave the project and the export. Adding the same file again brings them back.',
              'The photograph and its {count} objects leave the project and the export. Adding the same file again brings them back.',
            )
      }
    </p>
    <footer>
      <button type="button" class="button plain" autofocus onClick=${() => commands.showDialog(null)}>
        ${text('Keep')}
      </button>
      <button type="submit" class="button danger">${text('Remove')}</button>
    </footer>
  </form>`;
}

/** Asks before the selected images leave. */
function RemoveSelectedForm() {
  const { commands, session } = useApp();
  const ids = selectedImages(session.value);
  const remove = (/** @type {Event} */ event) => {
    event.preventDefault();
    commands.showDialog(null);
    void commands.removeImages(ids);
  };
  return html`<form class="form" onSubmit=${remove}>
    <p>
      ${plural(
        ids.length,
        '{count} photograph and its objects leave the project and the export. Adding the same file again brings it back.',
        '{count} photographs and their objects leave the project and the export. Adding the same files again brings them back.',
      )}
    </p>
    <footer>
      <button type="button" class="button plain" autofocus onClick=${() => commands.showDialog(null)}>
        ${text('Keep')}
      </button>
      <button type="submit" class="button danger">${text('Remove')}</button>
    </footer>
  </form>`;
}
