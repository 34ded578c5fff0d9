/** A connection that writes nothing SAP would replace: a system without Unicode keeps `#` for a letter it does not have. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { InputIssue } from '../../errors/index.ts';
import type { AbapParameters, AbapValue, CallOptions, SapConnection, SapSession } from '../../ports/index.ts';
import { structureOf, text } from '../answers.ts';
import { systemInfo } from '../functions/system.ts';
import { characterSetOf } from './character-sets.ts';

/** The same connection; SAP is asked for its code page when the first write has a letter beyond ASCII, which all sets share. */
export function keepInCodePage(inner: SapConnection): SapConnection {
  const codePage: KnownCodePage = { number: undefined };
  const guarded = (session: SapSession): SapSession => ({
    call: async (functionName, parameters, options) => {
      if (options.effect === 'write') await checkLetters(session, parameters, options, codePage);
      return session.call(functionName, parameters, options);
    },
  });
  return {
    ...guarded(inner),
    capabilities: inner.capabilities,
    inOneSession: (work, options) => inner.inOneSession((session) => work(guarded(session)), options),
    close: () => inner.close(),
  };
}

/** Of the system as a whole. */
interface KnownCodePage {
  /** Undefined until SAP was asked; empty where it does not say it. */
  number: string | undefined;
}

async function checkLetters(
  session: SapSession,
  parameters: AbapParameters,
  options: CallOptions,
  known: KnownCodePage,
): Promise<void> {
  const letters = [...lettersOf(parameters, '')];
  if (letters.length === 0) return;
  const wasKnown = known.number !== undefined;
  known.number ??= await askCodePage(session, options);
  if (refusalOf(letters, known.number) === undefined) return;
  // A system can have been converted to Unicode since it was asked, and then refusing would be wrong until a restart.
  if (wasKnown) known.number = await askCodePage(session, options);
  const refusal = refusalOf(letters, known.number);
  if (refusal !== undefined) throw refusal;
}

const saysNothing: ReadonlySet<string> = new Set(['SAP_FUNCTION_MISSING', 'SAP_NOT_AUTHORIZED', 'SAP_REFUSED']);

/** In the same session: another one might not be free while this one waits for it. */
async function askCodePage(session: SapSession, { deadline, urgency }: CallOptions): Promise<string> {
  const options: CallOptions = { deadline, effect: 'read', ...(urgency === undefined ? {} : { urgency }) };
  try {
    const answer = await session.call(systemInfo.name, {}, options);
    return text(structureOf(answer, 'RFCSI_EXPORT'), 'RFCCHARTYP').trim();
  } catch (thrown) {
    if (!saysNothing.has(toGatewayError(thrown).code)) throw thrown;
    return '';
  }
}

interface FieldLetters {
  /** As drivers name fields: `STRUCTURE.FIELD`. */
  readonly field: string;
  /** Beyond ASCII, each once. */
  readonly letters: ReadonlySet<string>;
}

const beyondAscii = /[\u0080-\u{10ffff}]/gu;

function* lettersOf(value: AbapValue, field: string): Generator<FieldLetters> {
  if (typeof value === 'string') {
    const letters = value.match(beyondAscii);
    if (letters !== null) yield { field, letters: new Set(letters) };
    return;
  }
  if (isTable(value)) {
    for (const row of value) yield* lettersOf(row, field);
    return;
  }
  for (const [name, part] of Object.entries(value)) yield* lettersOf(part, field === '' ? name : `${field}.${name}`);
}

const isTable = (value: Exclude<AbapValue, string>): value is Extract<AbapValue, readonly unknown[]> =>
  Array.isArray(value);

/** So many letters are named: who sees five knows what is meant, and no value is repeated in an error. */
const mostNamed = 5;

function refusalOf(fields: readonly FieldLetters[], codePage: string): GatewayError | undefined {
  const set = characterSetOf(codePage);
  if (set === undefined) return undefined;
  const lost = fields
    .map(({ field, letters }) => ({ field, letters: [...letters].filter((letter) => !set.has(letter)) }))
    .filter(({ letters }) => letters.length > 0);
  const [first] = lost;
  if (first === undefined) return undefined;
  const issues = lost.map(({ field, letters }): InputIssue => {
    return { path: field, message: `SAP cannot keep ${named(letters)} (its letters are those of ${set.name})` };
  });
  const context = { field: first.field, letters: named(first.letters), characterSet: set.name };
  return new GatewayError('SAP_VALUE_NOT_IN_CODE_PAGE', context, undefined, { issues });
}

const named = (letters: readonly string[]): string =>
  `${letters.slice(0, mostNamed).join(' ')}${letters.length > mostNamed ? ' and others' : ''}`;
