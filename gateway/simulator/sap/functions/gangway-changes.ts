/** Z_GANGWAY_CHANGES_READ: what has changed since a position, page by page. */
import type { OutputRow } from '../wire/encode.ts';
import { kindsOf, momentOf, readPosition, stampOf, writePosition } from './change-position.ts';
import type { ChangePosition } from './change-position.ts';
import { changedDocuments, lateClearings, recentClearings } from './change-sources.ts';
import type { Found } from './change-sources.ts';
import { mayReadItems } from './due-date.ts';
import type { FunctionCall } from './function-call.ts';

const mostRows = 1000;
/** A document is stamped when it is written and seen when it is committed: so much later a walk still looks back. */
const overlapMs = 15 * 60_000;

/** What the clock of the server showed when the walk has to begin; earlier by as much as it was set back since. */
function firstMoment(call: FunctionCall, { base, began }: ChangePosition): string {
  const local = (at: number): number => momentOf(call.system.time.localAt(at)) ?? at;
  const start = (momentOf(base) ?? 0) - overlapMs;
  const now = momentOf(began) ?? start;
  const setBack = local(start) - start - (local(now) - now);
  return stampOf(local(start) - Math.max(0, setBack));
}

function found(call: FunctionCall, stage: string, from: string): readonly Found[] {
  if (stage === 'P') return recentClearings(call, from);
  return stage === 'E' ? lateClearings(call, from) : changedDocuments(call, stage, from);
}

/** E is the second half of P. */
function nextStage({ kinds, stage }: ChangePosition): string {
  const stages = kinds.replace('P', 'PE');
  return stages.charAt(stage === '' ? 0 : stages.indexOf(stage) + 1);
}

interface Walked {
  readonly position: ChangePosition;
  readonly rows: readonly OutputRow[];
  readonly isMore: boolean;
}

/** Reads on from a position; undefined, with a message, where the caller may not see what is there. */
function walk(call: FunctionCall, start: ChangePosition, limit: number): Walked | undefined {
  let position = start;
  if (position.stage === '') position = { ...position, began: call.system.time.utcStamp(), stage: nextStage(position) };
  const from = firstMoment(call, position);
  const rows: OutputRow[] = [];
  for (let rest = limit; position.stage !== '';) {
    const page = found(call, position.stage, from)
      .filter(({ place }) => place > position.after)
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .slice(0, rest);
    if (
      !mayReadItems(
        call,
        page.map(({ item }) => item).filter((it) => it !== undefined),
      )
    )
      return undefined;
    rows.push(...page.map(({ row }) => row).filter((it) => it !== undefined));
    const last = page.at(-1);
    if (last !== undefined && page.length >= rest)
      return { position: { ...position, after: last.place }, rows, isMore: true };
    rest -= page.length;
    position = { ...position, stage: nextStage(position), after: '' };
  }
  // The next walk begins at the moment at which this one began.
  return { position: { ...position, base: position.began, began: '' }, rows, isMore: false };
}

function isAllowed(call: FunctionCall, kinds: string): boolean {
  const needed: (readonly [string, string, string])[] = [
    ['KCL', 'F_KNA1_APP', '03'],
    ['KCL', 'S_SCD0', '08'],
    ['K', 'F_KNKA_KKB', '03'],
  ];
  return needed.every(
    ([letters, object, value]) => ![...letters].some((it) => kinds.includes(it)) || call.hasAuthority(object, value),
  );
}

/** Z_GANGWAY_CHANGES_READ. */
export function readGangwayChanges(call: FunctionCall): void {
  const given = call.value('I_KINDS');
  const kinds = kindsOf(given);
  const refuse = (number: string, parameter: string, ...variables: string[]): void =>
    call.return(call.message('E', 'ZGANGWAY', number, ...variables), 'ET_RETURN', { parameter });
  if (kinds === undefined) return refuse('005', 'I_KINDS', 'I_KINDS', given);
  const since = call.value('I_SINCE');
  const now = { kinds, base: call.system.time.utcStamp(), began: '', stage: '', after: '' };
  const position = since === '' ? now : readPosition(since, kinds);
  if (position === undefined) return refuse('019', 'I_SINCE', since);
  if (!isAllowed(call, kinds)) return;
  if (since === '') return call.set('E_POSITION', writePosition(position));
  const wanted = Number(call.value('I_MAX_ROWS'));
  const walked = walk(call, position, wanted <= 0 || wanted > mostRows ? mostRows : wanted);
  if (walked === undefined) return;
  for (const row of walked.rows) call.append('ET_CHANGE', row);
  if (walked.isMore) call.set('E_MORE', 'X');
  call.set('E_POSITION', writePosition(walked.position));
}
