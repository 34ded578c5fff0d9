/** What the linter insists on: strict, with types, for all TypeScript; Salesforce's own rules for the components. */
import lwcTypeScript from '@salesforce/eslint-config-lwc/recommended-ts.js';
import tseslint from 'typescript-eslint';

const typed = ['gateway/**/*.ts', 'scripts/**/*.ts', 'local-org/**/*.ts', 'test/**/*.ts'];
const product = ['gateway/src/**/*.ts'];
const tests = [
  'gateway/test/**/*.ts',
  'gateway/bench/**/*.ts',
  'gateway/simulation/**/*.ts',
  'scripts/test/**/*.ts',
  'test/**/*.ts',
];
const components = ['force-app/**/lwc/**/*.ts'];

/** Hidden inputs: each has one room where it enters, so that tests own it. */
const inputs = {
  environment: { object: 'process', property: 'env', message: 'The environment enters in config/.' },
  ending: { object: 'process', property: 'exit', message: 'Only cli/ ends the process.' },
  date: { object: 'Date', property: 'now', message: 'Take a Clock (timing/).' },
  chance: { object: 'Math', property: 'random', message: 'Take a Clock (timing/).' },
  measure: { object: 'performance', property: 'now', message: 'Take a Clock (timing/).' },
};
const timers = ['setTimeout', 'setInterval'].map((name) => ({
  name,
  message: 'Take a Clock (timing/).',
}));
const restrictedInputs = (...allowed) => [
  'error',
  ...Object.entries(inputs)
    .filter(([name]) => !allowed.includes(name))
    .map(([, restriction]) => restriction),
];

const newDate = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'Take a Clock (timing/).',
};
const globalTimers = {
  selector: "MemberExpression[object.name='globalThis'][property.name=/^(?:setTimeout|setInterval)$/]",
  message: 'Take a Clock (timing/).',
};
const envByName = {
  selector: 'ImportDeclaration[source.value=/^(?:node:)?process$/] > ImportSpecifier[imported.name=/^(?:env|exit)$/]',
  message: 'The environment enters in config/, and only cli/ ends the process.',
};
const timersByImport = {
  selector: 'ImportDeclaration[source.value=/^(?:node:)?timers/]',
  message: 'Take a Clock (timing/).',
};
const defaultExport = { selector: 'ExportDefaultDeclaration', message: 'No default exports: one thing, one name.' };
const inheritance = {
  selector: "ClassDeclaration[superClass][superClass.name!='Error'], ClassExpression[superClass]",
  message: 'No inheritance: compose. `GatewayError extends Error` is the one exception.',
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '**/coverage/',
      '.gangway/',
      'force-app/**/lwc/**/*.js',
      'force-app/types/',
      '**/*.cjs',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: typed,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-control-regex': 'error',
      'max-depth': ['error', 4],
      'no-else-return': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Numbers and booleans read well in sentences; objects do not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `return finish();` is an early return; `Promise.withResolvers<void>()` is a promise of nothing.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // `[...text]` takes a text apart into characters, on purpose.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Ports are asynchronous; an implementation that happens not to wait keeps its shape.
      '@typescript-eslint/require-await': 'off',
      // `obj['key']` is how strict settings ask for keys that no type names.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    files: product,
    rules: {
      'no-restricted-syntax': ['error', defaultExport, inheritance, newDate, globalTimers, envByName, timersByImport],
      'no-restricted-properties': restrictedInputs(),
      'no-restricted-globals': ['error', ...timers],
      'no-console': 'error',
    },
  },
  {
    files: ['gateway/src/timing/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', defaultExport, inheritance, envByName],
      'no-restricted-properties': restrictedInputs('date', 'chance', 'measure'),
      'no-restricted-globals': 'off',
    },
  },
  {
    files: ['gateway/src/config/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', defaultExport, inheritance, newDate, globalTimers, timersByImport],
      'no-restricted-properties': restrictedInputs('environment'),
    },
  },
  {
    files: ['gateway/src/cli/**/*.ts'],
    rules: { 'no-restricted-properties': restrictedInputs('ending'), 'no-console': 'off' },
  },
  {
    files: ['gateway/simulator/**/*.ts', ...tests],
    rules: {
      'no-restricted-syntax': ['error', defaultExport],
      // Cells of simulated tables are turned into text whatever they are, as the systems do it.
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },
  {
    // A test says what it means; it may reach for a method and leave a promise's type open.
    files: tests,
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  { files: components, extends: [lwcTypeScript] },
  {
    files: components,
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Salesforce's parser does not know that types are used; TypeScript itself reports what is not.
      'no-unused-vars': 'off',
      // Prettier decides about parentheses.
      'no-confusing-arrow': 'off',
      'no-undef': 'off',
    },
  },
  // A test does one thing after the other.
  { files: ['force-app/**/__tests__/**/*.ts'], rules: { 'no-await-in-loop': 'off' } },
);
