/** What is asked of SAP before a request's first write, so that what should not be written is said and not done. */
import { GatewayError } from '../../errors/index.ts';
import { matchRequest } from '../../model/index.ts';
import type { CustomerDraft, CustomerMatches } from '../../model/index.ts';
import type { JournalEntry, MailboxRequest, SapSystem, WriteIntent } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { contents, heldFor, heldUnresolved, isPassing, toWriteKey } from '../execute/index.ts';
import type { Verdict } from '../execute/index.ts';

/** As many as a person compares. */
const maxCandidates = 5;

/** `look-up`: SAP knows the key, or may: it is asked first. */
export type CheckResult = 'write' | 'look-up' | Verdict;

export interface SapChecksParts {
  readonly sap: SapSystem;
  /** Of the lease it is asked under. */
  readonly fence: number;
  readonly sameFromScore: number;
}

/**
 * Whether SAP is to be asked before the request is admitted. What the journal knows was checked before, or is looked up;
 * only a create that SAP has refused and whose Account has got a customer meanwhile is a new question.
 */
export function needsCheck(request: MailboxRequest, intent: WriteIntent, known: JournalEntry | undefined): boolean {
  const isLinkedCreate = intent.kind === 'customer.create' && request.customer !== null;
  if (known !== undefined) return isLinkedCreate && known.operation.state === 'refused';
  if (isLinkedCreate) return true;
  if (request.wasSent) return false;
  return intent.kind === 'customer.change' || (intent.kind === 'customer.create' && request.checksDuplicates);
}

/** What `needsCheck` wants to know. Throws only what passes by itself; then it is to be asked again. */
export async function checkInSap(
  { sap, fence, sameFromScore }: SapChecksParts,
  request: MailboxRequest,
  intent: WriteIntent,
  deadline: Deadline,
): Promise<CheckResult> {
  const content: unknown = JSON.parse(intent.content);
  if (intent.kind === 'customer.create') {
    if (request.customer !== null) return checkLinked(sap, request, intent, { fence, deadline });
    return checkDuplicates(sap, contents[intent.kind].parse(content).draft, sameFromScore, deadline);
  }
  if (intent.kind !== 'customer.change') return 'write';
  return checkDeletion(sap, contents[intent.kind].parse(content).number, deadline);
}

/** The Account has a customer already: either this very request made it, or creating would make a second one. */
async function checkLinked(
  sap: SapSystem,
  { customer, wasSent }: MailboxRequest,
  { org, id }: WriteIntent,
  { fence, deadline }: { readonly fence: number; readonly deadline: Deadline },
): Promise<CheckResult> {
  try {
    const { state } = await sap.lookUpKey(toWriteKey(org, id), deadline, fence);
    if (state !== 'none') return 'look-up';
    return heldFor(new GatewayError('CUSTOMER_MAY_EXIST', { candidates: shown(customer ?? '') }));
  } catch (error) {
    return orVerdict(error, wasSent ? heldUnresolved : heldFor);
  }
}

async function checkDuplicates(
  sap: SapSystem,
  draft: CustomerDraft,
  sameFromScore: number,
  deadline: Deadline,
): Promise<CheckResult> {
  const { name, phone, vatNumber, address } = draft;
  const { street, postalCode, city, country } = address;
  const question = matchRequest.parse({ name, phone, vatNumber, street, postalCode, city, country });
  try {
    const { matches } = await sap.findMatches(question, deadline);
    const same = matches.filter(({ score }) => score >= sameFromScore).sort((a, b) => b.score - a.score);
    return same.length === 0 ? 'write' : mayExist(same.slice(0, maxCandidates));
  } catch (error) {
    return orVerdict(error);
  }
}

/** Numbers in the sentence, which is logged too; names only in the list, which is not. */
function mayExist(same: CustomerMatches['matches']): Verdict {
  const candidates = same.map(({ customer, score }) => `${shown(customer.number)} (${score} %)`).join(', ');
  const issues = same.map(({ customer, name, city }) => ({
    path: `SAP customer ${shown(customer.number)}`,
    message: [name, city].filter((part) => part !== '').join(', '),
  }));
  return heldFor(new GatewayError('CUSTOMER_MAY_EXIST', { candidates }, undefined, { issues }));
}

async function checkDeletion(
  sap: SapSystem,
  number: Parameters<SapSystem['readCustomer']>[0],
  deadline: Deadline,
): Promise<CheckResult> {
  try {
    const { isMarkedForDeletion } = await sap.readCustomer(number, deadline);
    if (!isMarkedForDeletion) return 'write';
    return heldFor(new GatewayError('SAP_CUSTOMER_MARKED_FOR_DELETION', { customerNumber: shown(number) }));
  } catch (error) {
    if (error instanceof GatewayError && isPassing(error)) throw error;
    // A customer nobody knows, a missing right to read: the write hears SAP's own answer.
    return 'write';
  }
}

/** Without the answer nothing is created: what does not pass by itself is a person's. */
function orVerdict(error: unknown, toVerdict: (failure: GatewayError) => Verdict = heldFor): Verdict {
  if (!(error instanceof GatewayError) || isPassing(error)) throw error;
  return toVerdict(error);
}

const shown = (number: string): string => number.replace(/^0+(?=\d)/, '');
