/** Sends values through a driver to the echo of the simulated SAP, and says in one line which came back otherwise. */
import { toGatewayError } from '../../../src/errors/index.ts';
import type { AbapStructure, SapConnection } from '../../../src/ports/index.ts';
import { Deadline, systemClock } from '../../../src/timing/index.ts';
import { seeded } from '../fakes/seeded.ts';
import { valueKinds } from './value-kinds.ts';
import type { ValueKind } from './value-kinds.ts';

const echoFunction = 'Z_GANGWAY_TEST_ECHO';
/** Rows in a call: large enough to be quick, small enough to be read when one of them is wrong. */
const rowsPerCall = 50;
/** Attempts to make a counter-example smaller. */
const maxAttempts = 80;

export interface Tried {
  readonly cases: number;
  /** One line each: field, value as small as it could be made, what came back, seed. */
  readonly counterexamples: readonly string[];
}

/** The rows as they came back. */
export async function echo(
  connection: SapConnection,
  rows: readonly AbapStructure[],
): Promise<readonly AbapStructure[]> {
  const options = { deadline: Deadline.in(systemClock, 20_000), effect: 'read', tables: ['TT_ALL'] } as const;
  const { TT_ALL } = await connection.call(echoFunction, { TT_ALL: rows }, options);
  if (typeof TT_ALL !== 'object' || !Array.isArray(TT_ALL)) throw new Error('no table came back');
  return TT_ALL as readonly AbapStructure[];
}

/** What stands in the field of an answer; a float as its number, because its text is SAP's to choose. */
function readBack(kind: ValueKind, row: AbapStructure | undefined): string {
  const value = row?.[kind.field];
  if (typeof value !== 'string') return 'nothing';
  return kind.field === 'FLTP_FIELD' ? String(Number(value)) : value;
}

async function backOf(connection: SapConnection, kind: ValueKind, value: string): Promise<string> {
  try {
    const [row] = await echo(connection, [{ [kind.field]: value }]);
    return readBack(kind, row);
  } catch (error) {
    return `error ${toGatewayError(error).code}`;
  }
}

/** Pieces left out, longest first. */
function* simpler(value: string): Generator<string> {
  for (let size = Math.ceil(value.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < value.length; at += size) yield value.slice(0, at) + value.slice(at + size);
}

/** The smallest value that still comes back otherwise, and how it does. */
async function shrink(connection: SapConnection, kind: ValueKind, value: string): Promise<readonly [string, string]> {
  let [smallest, attempts] = [value, 0];
  let back = await backOf(connection, kind, value);
  for (let isSmaller = true; isSmaller && attempts < maxAttempts;) {
    isSmaller = false;
    for (const candidate of simpler(smallest)) {
      if (!kind.holds(candidate) || attempts >= maxAttempts) continue;
      attempts += 1;
      const other = await backOf(connection, kind, candidate);
      if (other === kind.comesBack(candidate)) continue;
      [smallest, back, isSmaller] = [candidate, other, true];
      break;
    }
  }
  return [smallest, back];
}

async function describeFailure(
  connection: SapConnection,
  kind: ValueKind,
  value: string,
  seed: number,
): Promise<string> {
  const [smallest, back] = await shrink(connection, kind, value);
  const show = (text: string): string => JSON.stringify(text);
  return `${kind.field}: ${show(smallest)} came back as ${show(back)}, not as ${show(kind.comesBack(smallest))} (seed ${seed})`;
}

/** Rows that are refused together are asked for one by one: one of them is why. */
async function echoEach(
  connection: SapConnection,
  rows: readonly AbapStructure[],
): Promise<readonly (AbapStructure | undefined)[]> {
  const together = await echo(connection, rows).catch(() => undefined);
  if (together !== undefined) return together;
  const back: (AbapStructure | undefined)[] = [];
  for (const row of rows) back.push((await echo(connection, [row]).catch(() => []))[0]);
  return back;
}

/** Rows of every type, until so many values have been tried. */
export async function tryRoundTrips(
  connection: SapConnection,
  { seed, cases, kinds = valueKinds }: { seed: number; cases: number; kinds?: readonly ValueKind[] },
): Promise<Tried> {
  const chance = seeded(seed);
  const counterexamples: string[] = [];
  let tried = 0;
  while (tried < cases && counterexamples.length === 0) {
    const rows = Array.from({ length: rowsPerCall }, () =>
      Object.fromEntries(kinds.map((kind) => [kind.field, kind.draw(chance)])),
    );
    const back = await echoEach(connection, rows);
    tried += rows.length * kinds.length;
    for (const [index, row] of rows.entries())
      counterexamples.push(...(await compareRow(connection, { row, back: back[index], kinds, seed })));
  }
  return { cases: tried, counterexamples: [...new Set(counterexamples)] };
}

interface Comparison {
  readonly row: Readonly<Record<string, string>>;
  /** Undefined for a row that SAP refused. */
  readonly back: AbapStructure | undefined;
  readonly kinds: readonly ValueKind[];
  readonly seed: number;
}

async function compareRow(
  connection: SapConnection,
  { row, back, kinds, seed }: Comparison,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const kind of kinds) {
    const value = row[kind.field] ?? '';
    const read = back === undefined ? await backOf(connection, kind, value) : readBack(kind, back);
    if (read !== kind.comesBack(value)) found.push(await describeFailure(connection, kind, value, seed));
  }
  return found;
}

/** Values that SAP cannot keep: each has to be refused before anything is sent. */
export async function tryRefusals(
  connection: SapConnection,
  { seed, cases }: { seed: number; cases: number },
): Promise<Tried> {
  const chance = seeded(seed);
  const counterexamples: string[] = [];
  for (let tried = 0; tried < cases; tried += 1) {
    const kind = valueKinds[tried % valueKinds.length];
    const value = kind?.drawBad?.(chance);
    if (kind === undefined || value === undefined) continue;
    const back = await backOf(connection, kind, value);
    if (back === 'error REQUEST_INVALID' || back === 'error SAP_VALUE_TOO_LONG') continue;
    counterexamples.push(`${kind.field}: ${JSON.stringify(value)} was not refused, but: ${back} (seed ${seed})`);
  }
  return { cases, counterexamples: [...new Set(counterexamples)] };
}

/** Strings of any length, with line breaks; bytes of any number. */
export async function tryStrings(
  connection: SapConnection,
  { seed, cases }: { seed: number; cases: number },
): Promise<Tried> {
  const chance = seeded(seed);
  const counterexamples: string[] = [];
  // node-rfc takes white space away from the end of every text, line breaks included, so that nobody may count on it.
  const comparable = (value: unknown): string => String(value).replace(/[ \t\r\n]+$/, '');
  for (let tried = 0; tried < cases; tried += 1) {
    const length = chance.pick([0, 1, 255, 256, chance.below(5_000)]);
    const I_STRING = Array.from({ length }, () => chance.pick(Array.from('aé中😀 \n\t<&>"'))).join('');
    const I_XSTRING = Array.from({ length }, () => chance.below(256).toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase();
    const options = { deadline: Deadline.in(systemClock, 20_000), effect: 'read' } as const;
    const { E_STRING, E_XSTRING } = await connection.call(echoFunction, { I_STRING, I_XSTRING }, options);
    if (comparable(E_STRING) !== comparable(I_STRING))
      counterexamples.push(`a string of ${length}: ${JSON.stringify(I_STRING.slice(0, 80))} (seed ${seed})`);
    if (E_XSTRING !== I_XSTRING) counterexamples.push(`${length} bytes: ${I_XSTRING.slice(0, 80)} (seed ${seed})`);
  }
  return { cases, counterexamples };
}
