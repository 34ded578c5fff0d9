/** Browser tests of the local org; one worker, because they share a browser and the machine. */
export default {
  rootDir: '../..',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/gateway/test/strip-types.cjs' },
  testTimeout: 60_000,
  maxWorkers: 1,
};
