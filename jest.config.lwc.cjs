/** Tests of the Lightning web components: Salesforce's own Jest set-up, with the product's real labels. */
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

module.exports = {
  ...jestConfig,
  displayName: 'lwc',
  roots: ['<rootDir>/force-app'],
  testMatch: ['**/lwc/**/__tests__/**/*.test.ts'],
  setupFiles: [
    ...(jestConfig.setupFiles ?? []),
    ...['labels', 'apex', 'css'].map((name) => `<rootDir>/config/jest/${name}.cjs`),
  ],
  setupFilesAfterEnv: [...(jestConfig.setupFilesAfterEnv ?? []), '<rootDir>/config/jest/accessibility.cjs'],
  moduleNameMapper: {
    ...jestConfig.moduleNameMapper,
    '^test/(contract|page)$': '<rootDir>/config/jest/$1',
    '^lightning/(actions|button|input|combobox|modal)$': '<rootDir>/config/jest/lwc/$1',
  },
  // axe in jsdom takes seconds on a machine that is busy with other suites.
  testTimeout: 60_000,
  // The transformer renames what it compiles, so instrumentation by Babel finds no file.
  coverageProvider: 'v8',
  collectCoverageFrom: ['force-app/**/lwc/**/*.ts', '!**/__tests__/**'],
};
