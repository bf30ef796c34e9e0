/** Every key of the page: what it does and how the help names it. */

/**
 * @typedef {object} KeyBinding
 * @property {string} command name of the command
 * @property {string[]} keys in the form `Ctrl+Shift+Z`; Ctrl stands for Command on a Mac
 * @property {string} label what the help says
 * @property {'Object' | 'Editing' | 'Pointing' | 'Tools' | 'View' | 'Images' | 'Page'} group where the help lists it
 * @property {number | string} [value] argument of the command
 * @property {true} [anywhere] true when it is meant on every screen, not only in the workbench
 */

/** @type {readonly KeyBinding[]} */
const CLASS_KEYS = Array.from({ length: 9 }, (_, index) => ({
  command: 'chooseCategoryAt',
  value: index,
  keys: [String(index + 1)],
  label: `Class ${index + 1}`,
  group: /** @type {const} */ ('Object'),
}));

/** @type {readonly KeyBinding[]} */
const ARROW_KEYS = ['Left', 'Right', 'Up', 'Down'].flatMap((name) => {
  const common = { value: name.toLowerCase(), group: /** @type {const} */ ('Pointing') };
  return [
    { ...common, command: 'moveCrosshair', keys: [`Arrow${name}`], label: 'Move the crosshair' },
    { ...common, command: 'leapCrosshair', keys: [`Shift+Arrow${name}`], label: 'Bigger steps' },
  ];
});

/** All bindings, in the order of the help. */
export const KEY_MAP = /** @type {readonly KeyBinding[]} */ (
  Object.freeze([
    { command: 'accept', keys: ['Enter'], label: 'Accept the object', group: 'Object' },
    { command: 'stepBack', keys: ['Escape'], label: 'Cancel, then discard', group: 'Object' },
    { command: 'acceptTaking', keys: ['Shift+Enter'], label: 'Accept, taking pixels of others', group: 'Object' },
    {
      command: 'nextCandidate',
      value: 1,
      keys: ['Tab'],
      label: 'Next reading: whole, part, sub-part',
      group: 'Object',
    },
    { command: 'nextCandidate', value: -1, keys: ['Shift+Tab'], label: 'Previous reading', group: 'Object' },
    { command: 'stepThreshold', value: -1, keys: [','], label: 'Lower threshold: take more in', group: 'Object' },
    { command: 'stepThreshold', value: 1, keys: ['.'], label: 'Higher threshold: leave more out', group: 'Object' },
    { command: 'undo', keys: ['Ctrl+Z'], label: 'Undo', group: 'Object' },
    { command: 'redo', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], label: 'Redo', group: 'Object' },
    { command: 'deleteOpen', keys: ['Delete', 'Backspace'], label: 'Delete object', group: 'Object' },
    { command: 'copySelected', keys: ['Ctrl+C'], label: 'Copy the selected objects', group: 'Editing' },
    { command: 'pasteObjects', keys: ['Ctrl+V'], label: 'Paste, also on another image', group: 'Editing' },
    { command: 'selectAll', keys: ['Ctrl+A'], label: 'Select all objects', group: 'Editing' },
    { command: 'lockSelected', keys: ['Ctrl+L'], label: 'Lock or unlock', group: 'Editing' },
    { command: 'orderSelected', value: 'forward', keys: ['PageUp'], label: 'Bring forward', group: 'Editing' },
    { command: 'orderSelected', value: 'backward', keys: ['PageDown'], label: 'Send backward', group: 'Editing' },
    { command: 'orderSelected', value: 'front', keys: ['Shift+PageUp'], label: 'Bring to front', group: 'Editing' },
    { command: 'orderSelected', value: 'back', keys: ['Shift+PageDown'], label: 'Send to back', group: 'Editing' },
    { command: 'combineSelected', value: 'union', keys: ['U'], label: 'Unite', group: 'Editing' },
    {
      command: 'combineSelected',
      value: 'subtract',
      keys: ['Shift+U'],
      label: 'Subtract the others',
      group: 'Editing',
    },
    { command: 'combineSelected', value: 'intersect', keys: ['Ctrl+I'], label: 'Intersect', group: 'Editing' },
    { command: 'toggleTakesPixels', keys: ['W'], label: 'Take pixels of other objects', group: 'Editing' },
    { command: 'nextOverlap', keys: ['Shift+W'], label: 'Next overlap', group: 'Editing' },
    {
      command: 'settleOverlap',
      keys: ['Alt+W'],
      label: 'Give shared pixels to the first, or the upper',
      group: 'Editing',
    },
    {
      command: 'setOverlapPolicy',
      value: 'exclusive',
      keys: [],
      label: 'A pixel belongs to one object',
      group: 'Editing',
    },
    { command: 'setOverlapPolicy', value: 'allowed', keys: [], label: 'Objects may overlap', group: 'Editing' },
    { command: 'editOutline', keys: ['Shift+P'], label: 'Edit the outline', group: 'Editing' },
    { command: 'stepBrush', value: -1, keys: ['['], label: 'Smaller brush', group: 'Editing' },
    { command: 'stepBrush', value: 1, keys: [']'], label: 'Larger brush', group: 'Editing' },
    { command: 'splitSelected', keys: ['S'], label: 'Split into parts', group: 'Editing' },
    { command: 'fillHoles', keys: ['J'], label: 'Fill holes', group: 'Editing' },
    { command: 'removeIslands', keys: ['Shift+J'], label: 'Remove islands', group: 'Editing' },
    ...CLASS_KEYS,
    ...ARROW_KEYS,
    { command: 'pressCrosshair', value: 0, keys: ['Space'], label: 'Click or set a corner there', group: 'Pointing' },
    { command: 'pressCrosshair', value: 2, keys: ['Shift+Space'], label: 'Click on the background', group: 'Pointing' },
    { command: 'chooseTool', value: 'select', keys: ['V'], label: 'Select', group: 'Tools' },
    { command: 'chooseTool', value: 'point', keys: ['C'], label: 'Click', group: 'Tools' },
    { command: 'chooseTool', value: 'box', keys: ['R'], label: 'Box', group: 'Tools' },
    { command: 'chooseTool', value: 'brush', keys: ['B'], label: 'Brush', group: 'Tools' },
    { command: 'chooseTool', value: 'eraser', keys: ['E'], label: 'Eraser', group: 'Tools' },
    { command: 'chooseTool', value: 'lasso', keys: ['L'], label: 'Lasso', group: 'Tools' },
    { command: 'chooseTool', value: 'polygon', keys: ['P'], label: 'Polygon', group: 'Tools' },
    { command: 'chooseTool', value: 'scribble', keys: ['Shift+C'], label: 'Scribble', group: 'Tools' },
    { command: 'chooseTool', value: 'pan', keys: ['H'], label: 'Pan (or hold Space)', group: 'Tools' },
    { command: 'chooseTool', value: 'measure', keys: ['Shift+M'], label: 'Measure', group: 'Tools' },
    { command: 'chooseTool', value: 'proposal', keys: ['O'], label: 'Proposals of the model', group: 'Tools' },
    { command: 'takeProposal', keys: ['Y'], label: 'Accept the proposal', group: 'Object' },
    { command: 'takeAllProposals', keys: ['Shift+Y'], label: 'Accept all proposals that are shown', group: 'Object' },
    { command: 'rejectProposal', keys: ['K'], label: 'Reject the proposal', group: 'Object' },
    { command: 'reviewProposals', keys: ['Alt+O'], label: 'Review the proposals of all images', group: 'Images' },
    { command: 'swapPointLabel', keys: ['X'], label: 'Swap foreground and background', group: 'Tools' },
    { command: 'zoomIn', keys: ['+', '='], label: 'Zoom in', group: 'View' },
    { command: 'zoomOut', keys: ['-'], label: 'Zoom out', group: 'View' },
    { command: 'zoomActual', keys: ['0'], label: 'Zoom to 100 %', group: 'View' },
    { command: 'zoomFit', keys: ['F'], label: 'Fit the image', group: 'View' },
    { command: 'zoomToObject', keys: ['Z'], label: 'Zoom to the object', group: 'View' },
    { command: 'toggleCloseUp', keys: ['Shift+Z'], label: 'Close-up: see this part more sharply', group: 'View' },
    { command: 'walkObjects', value: 1, keys: ['N'], label: 'Next object', group: 'View' },
    { command: 'walkObjects', value: -1, keys: ['Alt+N'], label: 'Previous object', group: 'View' },
    { command: 'toggleSolo', keys: ['I'], label: 'Show only the selected objects', group: 'View' },
    { command: 'toggleMasks', keys: ['M'], label: 'Show or hide the masks', group: 'View' },
    { command: 'toggleHover', keys: ['Q'], label: 'Preview the mask under the pointer', group: 'View' },
    { command: 'toggleUncertainty', keys: ['T'], label: 'Show where the decoder is unsure', group: 'View' },
    { command: 'toggleLookPanel', keys: ['Shift+L'], label: 'Display: light, opacity, grid', group: 'View' },
    { command: 'toggleLook', value: 'outlineOnly', keys: ['Shift+O'], label: 'Outlines only', group: 'View' },
    { command: 'toggleLook', value: 'grid', keys: ['#'], label: 'Grid', group: 'View' },
    { command: 'toggleLook', value: 'minimap', keys: ['Alt+M'], label: 'Minimap', group: 'View' },
    { command: 'stepOpacity', value: -1, keys: ['('], label: 'Fainter masks', group: 'View' },
    { command: 'stepOpacity', value: 1, keys: [')'], label: 'Stronger masks', group: 'View' },
    { command: 'resetLook', keys: [], label: 'Display as usual', group: 'View' },
    { command: 'toggleFilmstrip', keys: ['Ctrl+B'], label: 'Show or hide the filmstrip', group: 'View' },
    { command: 'stepImage', value: -1, keys: ['A'], label: 'Previous image', group: 'Images' },
    { command: 'stepImage', value: 1, keys: ['D'], label: 'Next image', group: 'Images' },
    { command: 'doneAndNext', keys: ['Shift+D'], label: 'Done, and to the next open image', group: 'Images' },
    { command: 'nextOpenImage', keys: ['Shift+N'], label: 'Next open image', group: 'Images', anywhere: true },
    { command: 'acceptReview', keys: ['Alt+A'], label: 'Review: accept the object or image', group: 'Images' },
    { command: 'rejectReview', keys: ['Alt+R'], label: 'Review: reject the object or image', group: 'Images' },
    { command: 'showGallery', keys: ['Shift+G'], label: 'Gallery of the project', group: 'Images', anywhere: true },
    { command: 'chooseClassList', keys: ['Alt+C'], label: 'Add classes from a file', group: 'Images' },
    { command: 'takeBackClassList', keys: [], label: 'Delete the classes of the last file', group: 'Images' },
    { command: 'chooseFiles', keys: ['Ctrl+O'], label: 'Add photographs', group: 'Images', anywhere: true },
    { command: 'showExport', keys: ['Ctrl+E'], label: 'Export', group: 'Images', anywhere: true },
    { command: 'showProjects', keys: [], label: 'All projects', group: 'Page', anywhere: true },
    { command: 'showWorkbench', keys: [], label: 'Workbench', group: 'Page', anywhere: true },
    { command: 'showStatistics', keys: [], label: 'Statistics', group: 'Page', anywhere: true },
    { command: 'showLearning', keys: [], label: 'Learning from the work', group: 'Page', anywhere: true },
    { command: 'togglePanels', keys: ['Ctrl+Shift+B'], label: 'Show or hide the panels', group: 'View' },
    { command: 'showPalette', keys: ['Ctrl+K'], label: 'Search all actions', group: 'Page', anywhere: true },
    { command: 'showSettings', keys: ['Ctrl+,'], label: 'Settings', group: 'Page', anywhere: true },
    { command: 'chooseTheme', value: 'dark', keys: [], label: 'Dark theme', group: 'Page', anywhere: true },
    { command: 'chooseTheme', value: 'light', keys: [], label: 'Light theme', group: 'Page', anywhere: true },
    { command: 'chooseTheme', value: 'system', keys: [], label: 'Theme of the system', group: 'Page', anywhere: true },
    { command: 'startTour', keys: [], label: 'Take the tour', group: 'Page', anywhere: true },
    {
      command: 'showDoctor',
      keys: ['Shift+H'],
      label: 'Doctor: how well this browser works',
      group: 'Page',
      anywhere: true,
    },
    { command: 'showHelp', keys: ['?'], label: 'Show the keys', group: 'Page', anywhere: true },
  ])
);

/**
 * Name an action, so that other keys can be kept for it.
 *
 * @param {KeyBinding} binding the action
 * @returns {string} its name
 */
export function actionId({ command, value }) {
  return value === undefined ? command : `${command}:${value}`;
}

/**
 * Give actions other keys. A key that is given to one action is taken from the others.
 *
 * @param {Readonly<Record<string, readonly string[]>>} chosen keys by the name of the action
 * @returns {readonly KeyBinding[]} the map with these keys
 */
export function withKeys(chosen) {
  const taken = new Set(Object.values(chosen).flat());
  return KEY_MAP.map((binding) => {
    const keys = chosen[actionId(binding)] ?? binding.keys.filter((key) => !taken.has(key));
    return keys.join() === binding.keys.join() ? binding : { ...binding, keys: [...keys] };
  });
}

/**
 * Find what a key press means.
 *
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean, altKey: boolean}} event a key press
 * @param {readonly KeyBinding[]} [map] the keys that hold
 * @returns {KeyBinding | null} null for a key without a meaning
 */
export function findBinding(event, map = KEY_MAP) {
  const name = keyName(event);
  return map.find((binding) => binding.keys.includes(name)) ?? null;
}

/**
 * Name a key press in the form of the map.
 *
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean, altKey: boolean}} event a key press
 * @returns {string} the form that the map uses. Shift is named only where it does not already change the character.
 */
export function keyName({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  const isLetter = /^[a-z]$/i.test(key);
  const named = isLetter || key.length > 1 || key === ' ';
  const parts = [];
  if (ctrlKey || metaKey) parts.push('Ctrl');
  if (altKey) parts.push('Alt');
  if (shiftKey && named) parts.push('Shift');
  const name = key === ' ' ? 'Space' : key;
  return [...parts, isLetter ? key.toUpperCase() : name].join('+');
}
