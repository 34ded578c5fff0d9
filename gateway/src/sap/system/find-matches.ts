/** Possible duplicates: a wide search in SAP, then an exact look at what it found. */
import { toGatewayError } from '../../errors/index.ts';
import type { CustomerMatches, MatchRequest } from '../../model/index.ts';
import type { AbapStructure } from '../../ports/index.ts';
import { table, text } from '../answers.ts';
import { refusal } from '../errors.ts';
import { customerFind, customerList } from '../functions/customer.ts';
import { readCustomerNumber } from '../identifiers.ts';
import { isRefusal, messagesOf } from '../return-messages.ts';
import { minScore, scoreMatch } from '../translate/match.ts';
import type { Candidate } from '../translate/match.ts';
import { searchTerms } from '../translate/search-terms.ts';
import type { SearchTerm } from '../translate/search-terms.ts';
import { asOf, read } from './context.ts';
import type { Question } from './context.ts';
import { readCustomer } from './read-customer.ts';

/** Hits per search; a name beginning that more customers share says nothing. */
const maxHits = 100;
/** Candidates looked at closely, the most specific hits first. */
const maxCandidates = 100;
/** What a person will read. */
const maxMatches = 10;

/** Then the search's own word about blocks must do: a duplicate without its blocks is still a duplicate. */
const detailRefusals: ReadonlySet<string> = new Set(['SAP_NOT_AUTHORIZED', 'SAP_FUNCTION_MISSING']);

type Match = CustomerMatches['matches'][number];
type Hits = Map<string, AbapStructure[]>;

/** Best first; none is a good answer too. */
export async function findMatches(context: Question, request: MatchRequest): Promise<CustomerMatches> {
  const moment = asOf(context);
  const { exact, similar } = searchTerms(request);
  const [found, alike] = await Promise.all([search(context, exact), search(context, similar)]);
  const hits: Hits = Map.groupBy([...found, ...alike], (row) => text(row, 'CUSTOMER'));
  const numbers = [...hits.keys()].filter((number) => number !== '').slice(0, maxCandidates);
  const addresses = await readAddresses(context, numbers);
  const matches = addresses
    .map((address) => toMatch(context, request, address, hits))
    .filter((match) => match.score >= minScore)
    .sort((a, b) => b.score - a.score || (a.customer.number < b.customer.number ? -1 : 1));
  return {
    asOf: moment,
    matches: await Promise.all(matches.slice(0, maxMatches).map((it) => withBlocks(context, it))),
  };
}

/**
 * The search knows only posting block and deletion; whoever links a customer must also know that it gets no orders.
 * One call for each match a person sees.
 */
async function withBlocks(context: Question, match: Match): Promise<Match> {
  if (match.isBlocked) return match;
  try {
    const { isBlocked, isMarkedForDeletion } = await readCustomer(context, match.customer.number);
    return { ...match, isBlocked: isBlocked || isMarkedForDeletion };
  } catch (thrown) {
    if (!detailRefusals.has(toGatewayError(thrown).code)) throw thrown;
    return match;
  }
}

async function search(context: Question, terms: readonly SearchTerm[]): Promise<readonly AbapStructure[]> {
  if (terms.length === 0) return [];
  const parameters = {
    MAX_CNT: String(maxHits),
    // Lets `*` stand for anything.
    PL_HOLD: 'X',
    SELOPT_TAB: terms.map(({ field, value }) => ({ TABNAME: 'KNA1', FIELDNAME: field, FIELDVALUE: value })),
  };
  const answer = await read(context, customerFind, parameters, ['RESULT_TAB']);
  const messages = messagesOf(answer);
  const error = isRefusal(messages) ? refusal(messages, { functionName: customerFind.name }) : undefined;
  // "Nothing found" is an error in SAP's eyes. A missing authorization must not look like "no duplicates".
  if (error?.code === 'SAP_NOT_AUTHORIZED') throw error;
  return table(answer, 'RESULT_TAB');
}

async function readAddresses(context: Question, numbers: readonly string[]): Promise<readonly AbapStructure[]> {
  if (numbers.length === 0) return [];
  const range = numbers.map((number) => ({ SIGN: 'I', OPTION: 'EQ', LOW: number }));
  const answer = await read(context, customerList, { IDRANGE: range }, ['ADDRESSDATA']);
  const addresses = table(answer, 'ADDRESSDATA');
  const messages = messagesOf(answer);
  if (addresses.length === 0 && isRefusal(messages)) throw refusal(messages, { functionName: customerList.name });
  return addresses;
}

function toMatch(context: Question, request: MatchRequest, address: AbapStructure, hits: Hits): Match {
  const number = text(address, 'CUSTOMER');
  const rows = hits.get(number) ?? [];
  const candidate: Candidate = {
    name: text(address, 'NAME'),
    street: text(address, 'STREET'),
    postalCode: text(address, 'POSTL_COD1'),
    city: text(address, 'CITY'),
    country: text(address, 'COUNTRYISO') || text(address, 'COUNTRY'),
    phone: text(address, 'TEL1_NUMBR'),
    hasVatNumber: rows.some((row) => text(row, 'FIELDNAME') === 'STCEG'),
  };
  const { name, street, postalCode, city, country } = candidate;
  return {
    customer: { system: context.settings.system, number: readCustomerNumber(number) },
    ...{ name, street, postalCode, city, country },
    ...scoreMatch(request, candidate),
    isBlocked: rows.some((row) => text(row, 'PSTG_BLK_G') !== '' || text(row, 'DEL_FLAG_G') !== ''),
  };
}
