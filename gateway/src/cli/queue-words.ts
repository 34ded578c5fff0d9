/** Requests of the outbox as people read them at a terminal. */
import type { QueuedRequest, QueuePage, ShownRequest } from '../salesforce/index.ts';

/** What stands in the org was typed by people: whatever would move the cursor or ring is taken out. */
export const plain = (text: string | null | undefined): string => (text ?? '').replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();

/** SAP's numbers without their leading zeros, as screens show them. */
const number = (text: string | null): string => plain(text).replace(/^0+(?=\d)/, '');

const heads = ['NAME', 'STATE', 'KIND', 'CUSTOMER', 'ACCOUNT', 'TRIED', 'SINCE'] as const;

/** The table, with a line below each request that waits for a person. */
export function tableOf(requests: readonly QueuedRequest[]): readonly string[] {
  const rows = requests.map((each) => [
    plain(each.name),
    `${plain(each.state)}${each.wish === null ? '' : ` (${plain(each.wish)})`}`,
    plain(each.kind),
    number(each.customer),
    plain(each.account?.name).slice(0, 40),
    String(each.attempts),
    plain(each.changedAt).slice(0, 19),
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(heads), ...rows.flatMap((row, index) => [line(row), ...whyLines(requests[index])])];
}

function whyLines(request: QueuedRequest | undefined): readonly string[] {
  if (request === undefined || plain(request.whatHappened) === '') return [];
  const code = request.code === null ? '' : ` (${plain(request.code)})`;
  return [`  ${plain(request.whatHappened)}${code}`, ...nextLine(request)];
}

const nextLine = ({ nextStep }: QueuedRequest): readonly string[] =>
  plain(nextStep) === '' ? [] : [`  Next: ${plain(nextStep)}`];

/** `ready 3, sent 1, ...`; the org stops counting at 50,000. */
export function countsOf({ counts }: QueuePage): string {
  return Object.entries(counts)
    .map(([state, count]) => `${state} ${count === 50_000 ? '50,000 or more' : count}`)
    .join(', ');
}

/** One request with everything the org knows of it. */
export function linesOf(request: ShownRequest): readonly string[] {
  const { account, attempts } = request;
  const facts: readonly (readonly [string, string])[] = [
    ['Name', plain(request.name)],
    ['Key', plain(request.id)],
    ['State', plain(request.state)],
    ['Wish', plain(request.wish)],
    ['Kind', plain(request.kind)],
    ['SAP system', plain(request.system)],
    ['Customer', number(request.customer)],
    ['Account', [plain(account?.name), plain(account?.id)].filter((part) => part !== '').join(', ')],
    ['Tried', String(attempts)],
    ['Requested', [plain(request.requestedAt), plain(request.requestedBy)].filter((part) => part !== '').join(' by ')],
    ['Changed', plain(request.changedAt)],
    ['Correlation id', plain(request.correlationId)],
    ['Payload', plain(request.payload)],
  ];
  return [
    ...facts.filter(([, value]) => value !== '').map(([name, value]) => `${`${name}:`.padEnd(16)}${value}`),
    ...whyLines(request),
    ...request.sapMessages.map((message) => `  SAP: ${plain(textIn(message))}`),
    ...request.history.map((entry) => `  ${plain(textIn(entry))}`),
  ];
}

/** `V1 311: text`, or whatever values there are, in their order. */
function textIn(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return typeof entry === 'string' ? entry : '';
  const { id, number: messageNumber, text } = Object.fromEntries(Object.entries(entry));
  if (typeof text === 'string') return `${typeof id === 'string' ? id : ''} ${String(messageNumber ?? '')}: ${text}`;
  return Object.values(entry)
    .filter((value) => typeof value === 'string')
    .join(' ');
}
