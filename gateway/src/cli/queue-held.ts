/** Changes of SAP that are held, and documents that could not be read, beside the requests of the org: listed, shown, retried, discarded. */
import type { HeldChange, RefusedArrival } from '../ports/index.ts';
import type { QueueDesk } from '../queue/index.ts';
import { atChangesDesk } from './changes-desk.ts';
import { exitCodes } from './exit-codes.ts';
import type { ChangeOptions } from './queue-changes.ts';
import { whoAsks } from './queue-changes.ts';
import { plain } from './queue-words.ts';
import type { Terminal } from './terminal.ts';
import { idWords, linesOfTraces, moment } from './trace-words.ts';

/** Everything of one kind that a person looks at. */
export interface HeldList {
  readonly held: readonly HeldChange[];
  readonly refused: readonly RefusedArrival[];
}

/** Whether it names a change or a document of SAP, and not a request of the org. */
export const isChangeName = (name: string): boolean => /^S[CD]-\d+$/i.test(name.trim());

export const readHeld = async (desk: QueueDesk, limit: number): Promise<HeldList> => ({
  held: await desk.held(limit),
  refused: await desk.refused(limit),
});

/** As the lists have it, whoever typed it: in capitals, with six digits at least. */
function asListed(name: string): string {
  const [prefix = '', digits = ''] = name.trim().toUpperCase().split('-');
  return `${prefix}-${String(Number(digits)).padStart(6, '0')}`;
}

/** The name before this one, after which a page begins with it. */
const before = (name: string): string => `SC-${String(Number(name.slice(3)) - 1)}`;

/** Two lines for each: what it is, and why it waits. */
export function linesOfHeld({ held, refused }: HeldList): readonly string[] {
  return [...held.flatMap(linesOf), ...refused.flatMap(linesOfRefused)];
}

const linesOf = ({ name, key, problem, waitsFor, source, heldAtMs, attempts }: HeldChange): readonly string[] => [
  `${name}  held  ${key.kind} ${idWords(key.id)} of ${key.system}  ${plain(source.type)} ${plain(source.number)}  tried ${attempts}  since ${moment(heldAtMs)}`,
  `  ${plain(problem.title)} (${problem.code})`,
  ...problem.sapMessages.map(({ id, number, text }) => `  ${id} ${number}: ${plain(text)}`),
  // Where the sentence has them already they are not said twice.
  ...problem.issues
    .filter(({ message }) => !problem.title.includes(message))
    .map(({ path, message }) => `  ${plain(path)}: ${plain(message)}`),
  ...(waitsFor === undefined ? [] : [`  Waits for ${waitsFor.kind} ${idWords(waitsFor.id)}`]),
  `  Next: ${plain(problem.advice)}`,
];

const linesOfRefused = ({ name, source, error, arrivedAtMs }: RefusedArrival): readonly string[] => [
  `${name}  refused  ${plain(source.type)} ${plain(source.number)} of ${plain(source.sender)}  since ${moment(arrivedAtMs)}`,
  `  ${plain(error.message)} (${error.code})`,
  ...error.issues.map(({ path, message }) => `  ${plain(path)} ${plain(message)}`),
  `  Next: ${plain(error.advice)}`,
];

/** Errors as JSON has them: by code and in words. */
export const jsonOfHeld = ({ held, refused }: HeldList): object => ({
  held,
  refused: refused.map(({ error, ...rest }) => {
    const { code, message, advice, issues, sapMessages } = error;
    return { ...rest, error: { code, message, advice, issues, sapMessages } };
  }),
});

/** One held change with the way of everything that waits for its record, or one refused document. */
export async function showChange(terminal: Terminal, name: string, options: ChangeOptions): Promise<void> {
  const shown = await atChangesDesk(options, async (desk) => {
    const listed = asListed(name);
    const [next] = await desk.held(1, before(listed));
    const held = next?.name === listed ? [next] : [];
    const refused = (await desk.refused(1_000)).filter((each) => each.name === listed);
    const [number = ''] = held.map(({ key }) => key.id.split('/')[0] ?? '');
    const traces = held.length === 0 ? [] : await desk.trace(number, 200);
    const waiting = traces.filter((trace) => trace.state === 'held' && trace.key.id === held[0]?.key.id);
    return { held, refused, waiting };
  });
  if (shown === undefined || shown.held.length + shown.refused.length === 0) return sayUnknown(terminal, [name]);
  if (options.json === true) {
    terminal.print(JSON.stringify({ ...jsonOfHeld(shown), changes: shown.waiting }, null, 2));
    return;
  }
  for (const line of [...linesOfHeld(shown), ...linesOfTraces(shown.waiting)]) terminal.print(line);
}

/** Retries or discards by name, and says of each what became of it. */
export async function settleByHand(
  terminal: Terminal,
  action: 'retry' | 'discard',
  names: readonly string[],
  options: ChangeOptions,
): Promise<void> {
  const wanted = names.map(asListed);
  const done = await atChangesDesk(options, (desk) =>
    action === 'retry' ? desk.retry(wanted) : desk.discard(wanted, options.reason ?? '', whoAsks()),
  );
  const results = wanted.map((name) => ({ name, result: done?.includes(name) === true ? 'done' : 'refused' }));
  if (options.json === true) terminal.print(JSON.stringify({ results }, null, 2));
  else for (const { name, result } of results) if (result === 'done') terminal.print(`ok   ${name}`);
  const unknown = results.filter(({ result }) => result === 'refused').map(({ name }) => name);
  if (unknown.length > 0) sayUnknown(terminal, unknown);
  if (action === 'retry' && unknown.length < wanted.length) terminal.say('A running agent notices within seconds.');
}

/** Retries everything that is held, and says how much that was; refused documents have nothing that could be tried. */
export async function retryAllHeld(terminal: Terminal, options: ChangeOptions): Promise<void> {
  const retried = await atChangesDesk(options, async (desk) => {
    const names: string[] = [];
    for (let after: string | undefined; ;) {
      const page: readonly HeldChange[] = await desk.held(1_000, after);
      const some = page.filter(({ key }) => options.system === undefined || key.system === options.system);
      names.push(...(await desk.retry(some.map(({ name }) => name))));
      after = page.at(-1)?.name;
      if (after === undefined) return names.length;
    }
  });
  if (retried !== undefined) terminal.say(`${retried} changes of SAP go on.`);
}

function sayUnknown(terminal: Terminal, names: readonly string[]): void {
  for (const name of names) terminal.say(`FAIL ${plain(name)}: nothing is held or refused under this name`);
  process.exitCode = exitCodes.failed;
}
