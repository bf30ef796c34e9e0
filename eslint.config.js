/**
 * ESLint rules of the browser program. The import rules are the table of rooms in docs/architecture.md: arrows point
 * inwards, and a room imports only what its line names.
 */

import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import jsdoc from 'eslint-plugin-jsdoc';
import globals from 'globals';

const ROOT = './static/js';

/** Room -> what it may import besides itself (folders or single files below static/js). */
const ALLOWED_IMPORTS = {
  geometry: [],
  masks: [],
  texts: [],
  state: ['geometry', 'masks', 'texts'],
  tools: ['state', 'geometry'],
  input: ['geometry', 'tools'],
  render: [
    'geometry',
    'masks',
    'state/selectors.js',
    'state/hover.js',
    'state/looks.js',
    'state/mask_threshold.js',
    'state/patterns.js',
    'state/proposals.js',
    'texts',
  ],
  inference: ['geometry', 'masks'],
  workers: [
    'inference/decoder_error.js',
    'inference/embedding_format.js',
    'inference/messages.js',
    'inference/prompt_encoding.js',
    'masks',
  ],
  api: [],
  services: ['geometry', 'masks', 'state', 'inference', 'api', 'texts'],
  ui: ['geometry', 'state', 'api', 'texts'],
};

/** The rooms that run without a page, so that tests and workers can use them. */
const ROOMS_WITHOUT_DOM = ['geometry', 'masks', 'state', 'texts', 'tools', 'services'];

const EVERY_ROOM = Object.keys(ALLOWED_IMPORTS);

const roomZones = Object.entries(ALLOWED_IMPORTS).map(([room, allowed]) => ({
  target: `${ROOT}/${room}`,
  from: ROOT,
  except: [
    './types.d.ts',
    './exchange_types.d.ts',
    './proposal_types.d.ts',
    './gallery_types.d.ts',
    './team_types.d.ts',
    `./${room}`,
    ...allowed.map((name) => `./${name}`),
  ],
  message: `${room}/ may import only ${[room, ...allowed].join(', ')}`,
}));

const runtimeZones = EVERY_ROOM.filter((room) => room !== 'workers').map((room) => ({
  target: `${ROOT}/${room}`,
  from: './static/vendor',
  message: 'only workers/ort_runtime.js loads onnxruntime-web; the page loads its libraries by bare name',
}));

const ONE_WRITER_OF_NUMBERS = {
  property: 'toFixed',
  message: 'numbers that people read are written by numeral and decimal of texts/, in their language',
};

const NO_PAGE = ['document', 'window'].map((name) => ({
  name,
  message: 'this room runs without a page; let input/ or render/ touch the DOM',
}));

/** What must be described in words; a private helper needs its types only, and a sentence if it has a surprise. */
const EXPORTED = {
  contexts: [
    'ExportNamedDeclaration > FunctionDeclaration',
    'ExportNamedDeclaration > ClassDeclaration',
    'ExportNamedDeclaration > ClassDeclaration > ClassBody > MethodDefinition[key.type="Identifier"]',
    'ExportNamedDeclaration > VariableDeclaration',
  ],
};

const JSDOC_RULES = {
  'jsdoc/require-jsdoc': [
    'error',
    {
      publicOnly: true,
      require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: true },
      contexts: ['ExportNamedDeclaration > VariableDeclaration'],
      checkConstructors: false,
    },
  ],
  'jsdoc/require-description': ['error', { ...EXPORTED, checkConstructors: false }],
  'jsdoc/require-param-description': ['error', EXPORTED],
  'jsdoc/require-returns': ['error', EXPORTED],
  'jsdoc/require-returns-description': ['error', EXPORTED],
  'jsdoc/tag-lines': ['error', 'any', { startLines: 1 }],
  // tsc checks the types of JSDoc comments, and knows the ones that this plugin does not.
  'jsdoc/no-undefined-types': 'off',
  'jsdoc/require-property-description': 'off',
  'jsdoc/reject-any-type': 'error',
};

export default [
  { ignores: ['node_modules/', 'static/vendor/', '.venv/', '**/*.d.ts', '**/*.d.mts', 'htmlcov/', 'dist/'] },
  js.configs.recommended,
  jsdoc.configs['flat/recommended-typescript-flavor-error'],
  {
    files: ['**/*.js', '**/*.mjs'],
    plugins: { 'import-x': importX },
    languageOptions: { ecmaVersion: 2022, sourceType: 'module' },
    settings: { 'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.js', '.mjs'] })] },
    rules: {
      ...JSDOC_RULES,
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones: [...roomZones, ...runtimeZones] }],
      'import-x/no-default-export': 'error',
      'import-x/first': 'error',
      'import-x/no-duplicates': 'error',
      'import-x/extensions': ['error', 'ignorePackages'],
      complexity: ['error', 12],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'max-depth': ['error', 4],
      'max-params': ['error', 6],
      'no-console': 'error',
      'no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      'no-throw-literal': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
    },
  },
  {
    files: [`static/js/**/*.js`],
    languageOptions: { globals: globals.browser },
    rules: { 'no-restricted-properties': ['error', ONE_WRITER_OF_NUMBERS] },
  },
  { files: ['static/js/workers/**/*.js'], languageOptions: { globals: globals.worker } },
  {
    files: ROOMS_WITHOUT_DOM.map((room) => `static/js/${room}/**/*.js`),
    rules: { 'no-restricted-globals': ['error', ...NO_PAGE] },
  },
  {
    files: ['static/js/**/*.js'],
    ignores: ['static/js/workers/ort_runtime.js'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['onnxruntime-web', '**/vendor/**'], message: 'only workers/ort_runtime.js loads it' }] },
      ],
    },
  },
  {
    files: ['tests/frontend/**/*.js', 'scripts/**/*.mjs', '*.config.js'],
    languageOptions: { globals: globals.node },
    rules: { 'import-x/no-default-export': 'off' },
  },
  { files: ['bench/**/*.js'], languageOptions: { globals: globals.browser } },
  {
    files: ['tests/frontend/**/*.js'],
    languageOptions: { globals: globals.browser },
    rules: { 'max-lines': ['error', { max: 600 }], 'max-lines-per-function': 'off' },
  },
];
