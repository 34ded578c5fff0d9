/** The draft of a service file from a function's real interface: everything it has, for an admin to take away from. */
import { commitFunction } from './execute.ts';
import { guessEffect, isBapi, Names, serviceNameOf } from './draft-guesses.ts';
import { fieldLines } from './draft-fields.ts';
import { findMessages } from './message-parameters.ts';
import { isWritable } from './place.ts';
import type { SapInterface, SapParameter } from './sap-interface.ts';

/** Well below the size a file may have; what is beyond is named in a comment. */
const maxDraftBytes = 200_000;
const maxParameters = 400;

type Section = 'inputs' | 'outputs';

/** Its text; it passes the check where the function can be published at all, and says why where it cannot. */
export function draft(iface: SapInterface, statefulSession: boolean): string {
  const messages = new Set(findMessages(iface));
  const budget = { left: maxDraftBytes };
  const lines = [
    ...head(iface, statefulSession),
    ...section(iface, 'inputs', messages, budget),
    ...section(iface, 'outputs', messages, budget),
    ...tail(messages),
  ];
  return `${lines.join('\n')}\n`;
}

function head(iface: SapInterface, statefulSession: boolean): string[] {
  const { functionName } = iface;
  const effect = guessEffect(functionName);
  return [
    `# Drafted from the interface of ${functionName} as this SAP system has it.`,
    '# Remove every input and output that nobody needs: what stays is what callers see. Then',
    '# `gangway service test` and `gangway service publish`. The format: docs/admin/services.md',
    ...obstacles(iface),
    'gangway: 1',
    `name: ${serviceNameOf(functionName)} # callers and Flow see this name`,
    `summary: "Calls ${functionName}" # say what it does for people`,
    `function: ${functionName}`,
    effect === 'read'
      ? 'effect: read # guessed from the name; write if it changes anything'
      : 'effect: write # read if it changes nothing; remove `commit` and `signature` then',
    ...(effect === 'write' ? writeLines(functionName, statefulSession) : []),
    'callers: [] # nobody yet; for example: [{ org: 00D..., users: [005...] }]',
  ];
}

function writeLines(functionName: string, statefulSession: boolean): string[] {
  const needsCommit = statefulSession || isBapi(functionName);
  const commit = needsCommit
    ? [`commit: ${commitFunction} # or self, if its documentation says that it commits itself`]
    : [
        '# self must be true: over SOAP nobody else commits, and what is not committed is lost without a message.',
        'commit: self',
      ];
  const unusable =
    needsCommit && !statefulSession
      ? ['# A BAPI does not commit itself, so over SOAP this cannot be published: use the driver node-rfc.']
      : [];
  return [
    ...unusable,
    ...commit,
    'signature: required # not-required for Flow actions, which cannot sign',
    '# Without `lookUp` a call whose answer is lost ends at a person.',
    '# agent: agent-1 # where several agents serve this SAP system: the one that carries it out',
  ];
}

function obstacles({ functionName, isRemote, parameters }: SapInterface): string[] {
  const notRemote = isRemote === false ? [`# ${functionName} is not remote-enabled, so it cannot be published.`] : [];
  const required = [...parameters.values()].filter(
    ({ name, kind, isOptional, shape }) =>
      !isOptional &&
      (kind === 'importing' || kind === 'changing') &&
      (shape.kind === 'unsupported' || !isWritable(name)),
  );
  return [
    ...notRemote,
    ...required.map(({ name }) =>
      comment(`SAP requires ${name}, which cannot be passed: wrap the function in one without it.`),
    ),
  ];
}

const kindsOf: Readonly<Record<Section, readonly SapParameter['kind'][]>> = {
  inputs: ['importing', 'changing', 'tables'],
  outputs: ['exporting', 'changing', 'tables'],
};

function section(
  { parameters }: SapInterface,
  name: Section,
  messages: ReadonlySet<string>,
  budget: { left: number },
): string[] {
  const names = new Names();
  const wanted = [...parameters.values()].filter(
    ({ kind, name: own }) => kindsOf[name].includes(kind) && !messages.has(own),
  );
  // What SAP requires comes first, so that it is there whatever the budget leaves out.
  const ordered = name === 'inputs' ? wanted.toSorted((left, right) => rank(left) - rank(right)) : wanted;
  const lines: string[] = [];
  const leftOut: string[] = [];
  for (const [index, parameter] of ordered.entries()) {
    const own = index < maxParameters ? block(parameter, name, names) : [];
    const bytes = Buffer.byteLength(own.join('\n'));
    if (own.length === 0 || bytes > budget.left) {
      leftOut.push(parameter.name);
      continue;
    }
    budget.left -= bytes;
    lines.push(...own);
  }
  const isEmpty = !lines.some((line) => line.trimStart().startsWith('- '));
  return [`${name}:${isEmpty ? ' []' : ''}`, ...lines, ...tooMany(leftOut)];
}

/** More names than these help nobody. */
const namedLeftOut = 50;

function tooMany(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const rest = names.length - namedLeftOut;
  const shown = names.slice(0, namedLeftOut).join(', ');
  return [comment(`left out, the draft is long enough: ${shown}${rest > 0 ? ` and ${rest} more` : ''}`, 2)];
}

const rank = ({ isOptional, kind }: SapParameter): number => (isOptional || kind === 'tables' ? 1 : 0);

function block(parameter: SapParameter, section: Section, names: Names): string[] {
  const { name, kind, isOptional, text, shape } = parameter;
  const leftOut = (reason: string): string[] => [comment(`left out: ${name} is ${reason}`, 2)];
  if (shape.kind === 'unsupported') return leftOut(shape.reason);
  if (!isWritable(name)) return leftOut('no name that a file can write');
  const isRequired = section === 'inputs' && !isOptional && kind !== 'tables';
  if (shape.kind === 'field') {
    const [line = ''] = fieldLines([{ ...shape.field, name, text }], { section, names, isRequired }).lines;
    return [`  ${line}`];
  }
  const fields = fieldLines([...shape.type.fields.values()], { section, names: new Names(), isRequired: false });
  if (fields.count === 0) return leftOut('without a field that can be passed');
  const both =
    kind === 'tables' || kind === 'changing' ? '; it is in inputs and outputs: remove it where nobody needs it' : '';
  return [
    comment(`${text === '' ? name : text} (${shape.type.name})${both}`, 2),
    `  - name: ${names.of(name)}`,
    `    ${section === 'inputs' ? 'to' : 'from'}: ${name}`,
    `    type: ${shape.kind === 'table' ? 'list' : 'structure'}`,
    ...(isRequired ? ['    required: true'] : []),
    '    fields:',
    ...fields.lines.map((line) => `      ${line}`),
    ...[...shape.type.leftOut].map(([field, reason]) => comment(`left out: ${field || 'its row'} is ${reason}`, 6)),
  ];
}

function tail(messages: ReadonlySet<string>): string[] {
  if (messages.size === 0)
    return [
      "# No parameter with SAP's messages was found: whether SAP refused is seen only if the function raises an exception.",
    ];
  return [`messages: [${[...messages].join(', ')}] # E, A or X in them is a refusal`];
}

/** One line, whatever the text holds. */
function comment(text: string, indent = 0): string {
  return `${' '.repeat(indent)}# ${text.replace(/\s+/g, ' ').trim()}`;
}
