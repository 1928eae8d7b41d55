import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TIME_CHANCE_AND_PROCESS = 'The domain is pure: it gets this as a parameter.';

/** In every TypeScript file; `src/domain` and the places that may read the environment add to it. */
const NO_STAR_EXPORT = {
  selector: 'ExportAllDeclaration',
  message: 'Export names one by one, so that the surface shows in the file and in diffs.',
};
const NO_ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only src/config, src/local and the roots read the environment; take a value instead.',
};
const NO_CLOCK = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: TIME_CHANCE_AND_PROCESS,
};

const NODE_GLOBALS = Object.fromEntries(
  [
    ...['process', 'console', 'Buffer', 'URL', 'URLSearchParams', 'fetch', 'performance'],
    ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate'],
    ...['AbortController', 'AbortSignal', 'TextDecoder', 'TextEncoder', 'structuredClone'],
  ].map((name) => [name, 'readonly']),
);
const COMMONJS_GLOBALS = Object.fromEntries(
  ['require', 'module', 'exports', '__filename', '__dirname'].map((name) => [name, 'readonly']),
);

/** Gates, not targets: a file of this size is already looked at twice. */
const SIZES = {
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': ['error', { max: 70 }],
  'max-params': ['error', { max: 3 }],
  'max-depth': ['error', { max: 4 }],
};

export default defineConfig(
  globalIgnores([
    ...['dist/', 'coverage/', '.tairfleet/', 'node_modules/', '**/fixtures/'],
    'src/client/api-types.ts',
  ]),
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, rules: SIZES },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // What the type demands and a caller ignores starts with an underscore.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', NO_STAR_EXPORT],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/**', 'src/local/**', 'src/*.ts', 'src/domain/**', 'src/contract/**'],
    rules: { 'no-restricted-syntax': ['error', NO_STAR_EXPORT, NO_ENV] },
  },
  {
    files: ['src/domain/**/*.ts', 'src/contract/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', NO_STAR_EXPORT, NO_ENV, NO_CLOCK],
      'no-restricted-globals': [
        'error',
        ...['process', 'fetch', 'setTimeout', 'setInterval', 'crypto', 'performance'].map(
          (name) => ({ name, message: TIME_CHANCE_AND_PROCESS }),
        ),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: TIME_CHANCE_AND_PROCESS },
        { object: 'Math', property: 'random', message: TIME_CHANCE_AND_PROCESS },
      ],
    },
  },
  { files: ['src/cli/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 600 }],
      'max-lines-per-function': ['error', { max: 200 }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: NODE_GLOBALS } },
  {
    files: ['src/emulator/control/page/*.mjs'],
    languageOptions: {
      globals: { confirm: 'readonly', document: 'readonly', location: 'readonly' },
    },
  },
  {
    files: ['**/*.cjs', 'bin/tairfleet'],
    languageOptions: { sourceType: 'commonjs', globals: { ...NODE_GLOBALS, ...COMMONJS_GLOBALS } },
  },
);
