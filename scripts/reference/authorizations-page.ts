/** The page that SAP Basis makes a role from: functions, tables and objects, from the data that the agent itself obeys. */
import {
  functionCatalogue,
  namedPlaces,
  objectChecks,
  rarelyAsked,
  readableTables,
  roleRows,
  sapRole,
} from '../../gateway/src/sap/index.ts';
import type { CatalogueFunction, ObjectCheck } from '../../gateway/src/sap/index.ts';
import { markdownTable, pageHead } from './table.ts';

const code = (text: string): string => `\`${text}\``;

const opening = `User type *System*, no dialog, no \`SAP_ALL\`, no \`S_RFC\` with \`*\`, no \`S_DEVELOP\`. Every function that the agent calls by itself
stands below, and the agent refuses every other one before anything is sent (\`SAP_FUNCTION_NOT_ALLOWED\`), as it does those of features
that are switched off (\`sap.features\`). Function modules that you [publish as services](../admin/services.md) come on top, each by a file of your own.

\`gangway sap-role --config agent.yaml\` writes the role for *your* features, driver and services, with your company codes, credit control areas
and account group filled in: \`--format table\`, \`csv\`, \`markdown\` or \`json\`. Say in \`sap.abapPack\` whether the [ABAP pack](abap-pack.md)
is there, and both the role and what the agent may call are smaller: \`required\` leaves out what is called only where the pack is missing
("without the pack" below; without it the agent then answers \`SAP_PACK_MISSING\`), \`absent\` leaves out the pack itself. With \`optional\`, the default,
the role is for both. \`--pack\` asks for the role of another setting. This page is the role for every feature, with \`optional\`.`;

const confidence = `How certain an object is:

- *proven*: it stands in the source of the ABAP pack; a test compares source and table.
- *documented*: as SAP documents it; no real system has confirmed it for your release.
- *general*: how such functions usually behave.`;

const rfcTypes = `\`S_RFC\` with \`RFC_TYPE\` \`FUNC\` names single functions. Where your release does not know it, take \`FUGR\` with the function group of
each (\`SE37\`, Attributes) in your own system, because groups differ between releases; a group grants its other functions as well. \`S_RFCACL\` is
not needed: nothing is trusted. Over RFC the same functions are called, and SAP's SDK reads interfaces with two of them.`;

const forServices = `The agent does not call these by itself; who wants them publishes them as services, and then they belong to the role.`;

const tables = `\`RFC_READ_TABLE\` is used for these tables and no others, with named columns and at most 5,000 rows; the agent refuses any other
table, also to a published service. SAP has not released it, many systems forbid it, and Gangway works without: leave the features out, or just do
not grant it. If you allow it, allow it with \`S_TABU_NAM\` 03 for exactly these. By group (\`S_TABU_DIS\` 03, \`DICBERCLS\` from \`SE54\`) you would grant more.`;

/** What follows the role. */
function closing(places: readonly string[]): string {
  const rare = rarelyAsked.map(({ objects, when }) => `- ${objects.map(code).join(', ')}: ${when}`).join('\n');
  return `${places.map(code).join(', ')} are your own values: company codes, sales areas, document types. Over RFC there is no \`S_ICF\`; over SOAP its
value is the authorization value of the service in \`SICF\`, if you set one. Activities: 01 create, 02 change, 03 display, 08 display change
documents, 16 execute; 02 does not include 03.

What stands behind the pack may look further (general knowledge, not proved for your release). Give these only when \`STAUTHTRACE\`
shows that they are asked for:

${rare}

## The extraction job

The [report that extracts](abap-pack.md#z_gangway_extract) for the [initial load](../operations/initial-load.md) runs as a background job under a
user of yours, not under the service user. That one needs \`S_PROGRAM\` for the program group \`ZGANGWAY\`, \`S_DATASET\` for the folder, to read
customers what the service user needs for it, and \`M_MATE_STA\` 03 for materials. What is missing ends the job.

## Proved, and not yet

The functions and tables are exact, and so are the objects of the ABAP pack. The objects of SAP's own functions are not confirmed for your
release. Switch \`STAUTHTRACE\` on for the service user, run \`gangway check\` (it asks for each kind of data once, about a customer that does not
exist), then open the panels of a few customers. A missing right shows as \`SAP_NOT_AUTHORIZED\` with the function's name, or with SAP's own
message naming the object.

\`Z_GANGWAY_KEY_READ\` touches the pack's own tables only; its fence ends an org's older leases, so give it to this user alone.
Leave the writing features out and Gangway only reads.
`;
}

/** The page as it should be. */
export function authorizationsPage(): string {
  const role = sapRole({ driver: 'soap' });
  const source = '`gateway/src/sap/functions` and `gateway/src/sap/authorizations`';
  return [
    pageHead('Authorizations of the service user', source),
    `${opening}\n\n${rfcTypes}\n\n## Functions\n`,
    markdownTable(['Function', 'What for', 'Features', 'Objects it checks'], functionRows()),
    `\n## Functions of the pack for services\n\n${forServices}\n`,
    markdownTable(['Function', 'Objects it checks'], serviceRows()),
    `\n## Tables, if you allow it\n\n${tables}\n`,
    markdownTable(['Table', 'Feature', 'What for', 'Without it'], tableRows()),
    `\n## The role\n\n${confidence}\n`,
    markdownTable(
      ['Object', 'Field', 'Value', 'Why', 'Confidence'],
      // The functions stand above, one by one.
      roleRows(role).map(([object, field, value, ...rest]) => [
        object === '' ? '' : code(object),
        code(field),
        field === 'RFC_NAME' ? 'the functions above' : value,
        ...rest,
      ]),
    ),
    `\n${closing(namedPlaces(role))}`,
  ].join('\n');
}

function functionRows(): string[][] {
  return [...functionCatalogue.values()]
    .toSorted((left, right) => featuresOf(left).localeCompare(featuresOf(right)) || (left.name < right.name ? -1 : 1))
    .map((definition) => [
      code(definition.name),
      definition.purpose,
      featuresOf(definition),
      objectsOf(definition.name),
    ]);
}

/** What the pack has beside what the code calls. */
function serviceRows(): string[][] {
  return Object.keys(objectChecks)
    .filter((name) => name.startsWith('Z_GANGWAY_') && !functionCatalogue.has(name))
    .toSorted()
    .map((name) => [code(name), objectsOf(name)]);
}

const needWords = { always: '', 'with-pack': ' (with the pack)', 'without-pack': ' (without the pack)' } as const;

function featuresOf({ neededBy }: CatalogueFunction): string {
  if (neededBy === 'every') return 'all';
  if (neededBy === 'every-with-pack') return 'all (with the pack)';
  return Object.entries(neededBy)
    .map(([feature, need]) => `${feature}${needWords[need]}`)
    .join(', ');
}

function objectsOf(functionName: string): string {
  if (functionName === 'RFC_READ_TABLE') return '`S_TABU_NAM` 03';
  const checks = objectChecks[functionName] ?? [];
  return checks.length === 0 ? 'none' : checks.map(objectText).join(', ');
}

const objectText = ({ object, fields }: ObjectCheck): string =>
  `${code(object)} ${fields['ACTVT']?.join(', ') ?? ''}`.trim();

function tableRows(): string[][] {
  return readableTables.map(({ name, feature, need, purpose, without }) => [
    code(name),
    `${feature}${needWords[need]}`,
    purpose,
    without,
  ]);
}
