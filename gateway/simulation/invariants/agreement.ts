/** What Salesforce shows equals SAP: the numbers, and the last change of every field. */
import type { Account, Contact, OwnedFields, Request } from '../salesforce/org-records.ts';
import type { World } from '../world.ts';
import { waitsBehindHeld } from './ends.ts';
import type { Invariant, Verdict } from './invariant.ts';

export function agreement(world: World): Invariant {
  const { org, sap, orgId } = world;

  const accountAgrees = ({ id, customerNumber }: Account): Verdict => {
    if (customerNumber === null) return undefined;
    const customer = sap.customers.get(customerNumber);
    if (customer === undefined) return `Account ${id} shows ${customerNumber}, which SAP does not have`;
    return differs(`customer ${customerNumber}`, customer.fields, lastChanges('customer', customerNumber, id));
  };

  const contactAgrees = ({ id, contactNumber }: Contact): Verdict => {
    if (contactNumber === null) return undefined;
    const person = sap.contacts.get(contactNumber);
    if (person === undefined) return `Contact ${id} shows ${contactNumber}, which SAP does not have`;
    return differs(`contact person ${contactNumber}`, person.fields, lastChanges('contact', contactNumber, id));
  };

  /** What people asked for last, of what is done, in the order in which they asked. */
  const lastChanges = (what: 'customer' | 'contact', number: string, recordId: string): OwnedFields => {
    const expected: Record<string, string> = {};
    // Two records that a merge made one had no order between their changes.
    const contested = new Set<string>();
    // After a merge, changes that are older than the create of this customer are written to it too: later than the create.
    const createsFirst = [...org.requests.values()].sort(
      (one, other) => Number(one.changeNumber > 0) - Number(other.changeNumber > 0),
    );
    for (const request of createsFirst) {
      const { kind, state, key, fields } = request;
      const row = sap.keys.get(`${orgId}:${key}`);
      const isOfThis = (what === 'customer' ? row?.customerNumber : row?.contactNumber) === number;
      // What waits behind a held one may be in SAP, and is told when that one is solved.
      const counts = state === 'done' || waitsBehindHeld(world, request);
      if (!counts || !isOfThis || !kind.startsWith(what)) continue;
      Object.assign(expected, fields);
      if (request.recordId !== recordId) Object.keys(fields).forEach((name) => contested.add(name));
    }
    return Object.fromEntries(Object.entries(expected).filter(([name]) => !contested.has(name)));
  };

  /** Everything that SAP has of a request, the request says. */
  const isTold = (request: Request): Verdict => {
    const row = sap.keys.get(`${orgId}:${request.key}`);
    if (row === undefined || waitsBehindHeld(world, request)) return undefined;
    const isKnown =
      request.kind.startsWith('contact') || request.customerNumber === row.customerNumber || request.changeNumber > 0;
    if (!isKnown)
      return `SAP made ${row.customerNumber} of ${request.key}, and the org does not know it (${request.state})`;
    return undefined;
  };

  return {
    name: 'Salesforce shows what SAP has',
    atEnd: () =>
      first(org.accounts.values(), accountAgrees) ??
      first(org.contacts.values(), contactAgrees) ??
      first(org.requests.values(), isTold),
  };
}

function differs(
  what: string,
  inSap: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, string>>,
): Verdict {
  const found = Object.entries(expected).find(([name, value]) => inSap[name] !== value);
  return found === undefined
    ? undefined
    : `${what} has ${found[0]} "${String(inSap[found[0]])}" in SAP, the last change says "${found[1]}"`;
}

function first<T>(each: Iterable<T>, verdict: (one: T) => Verdict): Verdict {
  for (const one of each) {
    const sentence = verdict(one);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}
