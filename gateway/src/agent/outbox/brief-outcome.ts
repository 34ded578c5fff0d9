/** An outcome as it is left in the org: what people read of it, and never so much that a visit becomes too large. */
import type { MailboxOutcome } from '../../ports/index.ts';

type Operation = MailboxOutcome['operation'];
type SapMessages = Operation['sapMessages'];

/** More than anybody reads; BAPIs repeat themselves once per sales area. */
const maxMessages = 20;
/** BAPIRET2 has 220 characters; what is longer is a dump's or a fault's. Bytes, because the visit's limit is in bytes. */
const maxTextBytes = 220;
/** A hundred of them stay below 1.5 MB, a quarter of what Salesforce takes in one call. */
const maxOutcomeBytes = 14_000;

/** The same outcome; the journal and the log keep the rest of its words. */
export function briefOutcome(outcome: MailboxOutcome): MailboxOutcome {
  for (let most = maxMessages; most >= 1; most = Math.floor(most / 2)) {
    const brief = { ...outcome, operation: briefOperation(outcome.operation, most) };
    if (Buffer.byteLength(JSON.stringify(brief)) <= maxOutcomeBytes) return brief;
  }
  return { ...outcome, operation: briefOperation(outcome.operation, 0) };
}

function briefOperation(operation: Operation, most: number): Operation {
  const { problem } = operation;
  return {
    ...operation,
    sapMessages: firstOf(operation.sapMessages, most),
    problem: problem && {
      ...problem,
      sapMessages: firstOf(problem.sapMessages, most),
      issues: problem.issues.slice(0, most).map(({ path, message }) => ({ path: cut(path), message: cut(message) })),
    },
  };
}

const firstOf = (messages: SapMessages, most: number): SapMessages =>
  messages.slice(0, most).map((message) => ({ ...message, text: cut(message.text) }));

/** Never in the middle of a character. */
function cut(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxTextBytes) return text;
  let end = maxTextBytes;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
