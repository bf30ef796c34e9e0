/** Refuses commands that the role of the person does not allow, before anything changes on the page. */

/** @import {PermissionName} from '../team_types.js' */
/** @import {SessionStore} from '../state/state_types.js' */

import { addNotice } from '../state/actions/view_actions.js';
import { may } from '../state/team.js';
import { phrase } from '../texts/texts.js';

/** What each permission is for: names of commands. What is not here may be done by everybody who may look. */
const NEEDS = /** @type {Partial<Record<PermissionName, readonly string[]>>} */ (
  Object.freeze({
    annotate: [
      ...[
        'accept',
        'acceptTaking',
        'refine',
        'refineAt',
        'moveSelected',
        'moveCrosshair',
        'leapCrosshair',
        'pressCrosshair',
      ],
      ...['deleteObject', 'deleteOpen', 'changeDetails', 'setCategoryOf', 'setObjectCategory', 'pasteObjects'],
      ...['combineSelected', 'splitSelected', 'settleOverlap', 'fillHoles', 'removeIslands'],
      ...['editOutline', 'simplifyOutline', 'orderSelected'],
      ...['propose', 'proposeAll', 'cancelAllProposals', 'bringBoxes', 'reviewProposals', 'takeProposal'],
      ...['takeAllProposals'],
      ...['markImages', 'markOpen', 'doneAndNext'],
    ],
    review: ['acceptReview', 'rejectReview', 'confirmReject', 'withdrawReview'],
    organise: [
      ...['chooseFiles', 'addFiles', 'addFolder', 'removeImage', 'removeImages', 'confirmImport'],
      ...['createProject', 'renameProject', 'setOverlapPolicy', 'removeProject', 'restoreProject'],
      ...['createCategory', 'updateCategory', 'removeCategory', 'chooseClassList', 'addClassList'],
      ...['takeBackClassList', 'assignImages'],
    ],
  })
);

const TOOLS_TO_LOOK = ['select', 'measure', 'pan'];

/**
 * Guard commands.
 *
 * @template {object} T
 * @param {SessionStore} store the session
 * @param {T} commands functions by name
 * @returns {T} the same, where a refused command says so and gives false
 */
export function guardByRole(store, commands) {
  const refuse = () => {
    store.apply(addNotice(REFUSED));
    return false;
  };
  const needed = new Map(
    Object.entries(NEEDS).flatMap(([permission, names]) => names.map((name) => [name, permission])),
  );
  /** @type {(name: string, run: (...values: unknown[]) => unknown) => typeof run} */
  const guard = (name, run) => {
    const permission = /** @type {PermissionName | undefined} */ (needed.get(name));
    if (permission) return (...values) => (may(store.get(), permission) ? run(...values) : refuse());
    if (name !== 'chooseTool') return run;
    return (tool) => (TOOLS_TO_LOOK.includes(String(tool)) || may(store.get(), 'annotate') ? run(tool) : refuse());
  };
  const guarded = Object.entries(commands).map(([name, run]) => [
    name,
    typeof run === 'function' ? guard(name, run) : run,
  ]);
  return Object.freeze(Object.fromEntries(guarded));
}

const REFUSED = {
  tone: /** @type {const} */ ('info'),
  message: phrase('your role does not allow this'),
  hint: phrase('an owner can give you another one'),
};
