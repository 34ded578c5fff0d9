export default {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.cjs' },
  // A test that hangs is ended; none is there to time a machine, which may be busy with other things.
  testTimeout: 120_000,
};
