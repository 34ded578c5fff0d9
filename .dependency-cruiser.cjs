/**
 * Which part may import which. The rules are derived from the tables below; there is no list of exceptions, and
 * there is not meant to be one.
 */

/** From the door down to the foundation. A room may import rooms of the rows below its own, never a neighbour. */
const rows = [
  ['cli'],
  ['relay', 'agent'],
  ['sap', 'salesforce', 'marketing-cloud', 'journal', 'queue', 'sync'],
  ['ports'],
  ['protocol', 'org-token', 'config', 'telemetry', 'durable-file', 'postal-address'],
  ['model'],
  ['errors', 'timing'],
];
const programs = rows[1];
const joinedByPrograms = rows[2];

/** Where a library may be known. What is not listed may be used anywhere; what operators see deserves a home. */
const fences = {
  '@grpc': ['salesforce'],
  '@jsforce': ['salesforce'],
  commander: ['cli'],
  express: ['relay'],
  'https-proxy-agent': ['agent'],
  jose: ['org-token', 'salesforce', 'relay', 'agent'],
  'node-rfc': ['sap/drivers/node-rfc'],
  '(node:)?sqlite': ['durable-file', 'journal', 'queue'],
  pino: ['telemetry', 'relay', 'agent'],
  'prom-client': ['telemetry', 'relay', 'agent'],
  saxes: ['sap'],
  undici: ['sap', 'salesforce', 'marketing-cloud'],
  ws: ['protocol', 'relay', 'agent'],
  yaml: ['config'],
  // Borders: what people, other programs and files on disk say is parsed, not believed.
  zod: ['model', 'config', 'protocol', 'org-token', 'journal', 'salesforce', 'agent', 'sap', 'queue', 'sync'],
};

const anyOf = (names) => `(?:${names.join('|')})`;
const src = (names) => `^gateway/src/${anyOf(names)}/`;
const rooms = rows.flat();

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const direction = rows.flatMap((row, height) =>
  row.map((room) =>
    rule(
      `${room}-looks-down`,
      `${room} may import only what is below it: ${
        rows
          .slice(height + 1)
          .flat()
          .join(', ') || 'nothing'
      }`,
      { path: src([room]) },
      {
        path: src(
          rows
            .slice(0, height + 1)
            .flat()
            .filter((other) => other !== room),
        ),
      },
    ),
  ),
);

const fenced = Object.entries(fences).map(([library, homes]) =>
  rule(
    `${library.replace(/\W+/g, '-').replace(/^-+|-+$/g, '')}-stays-home`,
    `${library} is known only in ${homes.join(', ')}`,
    { path: '^gateway/src/', pathNot: src(homes) },
    { path: `(?:^|node_modules/)(?:@types/)?${library}(?:/|$)` },
  ),
);

const structure = [
  rule(
    'every-room-has-a-row',
    'A new folder under gateway/src gets a row in .dependency-cruiser.cjs first',
    {},
    { path: '^gateway/src/[^/]+/', pathNot: src(rooms) },
  ),
  rule(
    'every-room-has-a-row-itself',
    'A new folder under gateway/src gets a row in .dependency-cruiser.cjs first',
    { path: '^gateway/src/[^/]+/', pathNot: src(rooms) },
    {},
  ),
  rule(
    'rooms-have-doors',
    'From outside a room import only its index.ts',
    { path: '^gateway/src/([^/]+)/' },
    { path: '^gateway/src/[^/]+/', pathNot: ['^gateway/src/$1/', '^gateway/src/[^/]+/index\\.ts$'] },
  ),
  rule(
    'doors-for-all',
    'The executable, the scripts and the local org enter rooms and simulators by their index.ts too',
    { path: '^(?:gateway/src/[^/]+\\.ts$|gateway/src/cli/|scripts/(?!test/)|local-org/)' },
    {
      path: '^gateway/(?:src|simulator)/[^/]+/',
      pathNot: ['^gateway/src/cli/', '^gateway/(?:src|simulator)/[^/]+/index\\.ts$'],
    },
  ),
  rule(
    'only-compose-joins',
    'A program meets the rooms through ports; only its compose files open them',
    { path: src(programs), pathNot: `^gateway/src/${anyOf(programs)}/compose[a-z-]*\\.ts$` },
    { path: src(joinedByPrograms) },
  ),
  rule(
    'only-the-executable-calls-cli',
    'cli is the top: only main.ts hands over to it',
    { path: '^gateway/src/', pathNot: ['^gateway/src/cli/', '^gateway/src/main\\.ts$'] },
    { path: '^gateway/src/cli/' },
  ),
  rule(
    'simulators-share-nothing',
    'A simulator that shares code with what it tests agrees with its mistakes',
    { path: '^gateway/simulator/' },
    { path: '^gateway/(?:src|test|bench|simulation)/' },
  ),
  rule(
    'simulators-are-apart',
    'The simulated SAP and the simulated org do not know each other',
    { path: '^gateway/simulator/([^/]+)/' },
    { path: '^gateway/simulator/[^/]+/', pathNot: '^gateway/simulator/$1/' },
  ),
  rule(
    'product-without-simulators',
    'Only the command line starts simulators; the product must run without them',
    { path: '^gateway/src/', pathNot: '^gateway/src/cli/' },
    { path: '^gateway/simulator/' },
  ),
  rule(
    'product-without-tests',
    'What operators install holds no tests and no tools',
    { path: '^gateway/(?:src|simulator)/' },
    { path: '^(?:gateway/(?:test|bench|simulation)|test|scripts|local-org)/' },
  ),
  rule(
    'no-cycles',
    'Two files that need each other are one file, or three (a circle closed by types alone runs in no order)',
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  ),
  rule('nothing-unresolved', 'The import leads nowhere', { path: '^gateway/src/' }, { couldNotResolve: true }),
];

module.exports = {
  forbidden: [...direction, ...fenced, ...structure],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)(?:dist|__tests__|lwc)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
