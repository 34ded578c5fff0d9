/** The steps of a write: each with a key and a content of its own, so that one that is done is never done again. */
import { z } from 'zod';
import { GatewayError } from '../../errors/index.ts';
import type { CustomerNumber, WriteOperation } from '../../model/index.ts';
import type { KeyedWrite, KeyLookup, SapSystem, WriteIntent, WriteKey, Written } from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { canonicalJson, contents, hashForNumbers, hashOf, toStepKey, toWriteKey } from './content.ts';

type KeyFound = Extract<KeyLookup, { state: 'done' }>;

export interface WriteStep {
  readonly name: 'customer' | 'contact' | 'credit';
  readonly key: WriteKey;
  readonly contentHash: string;
  /** Whether what SAP has under the key is this step. */
  isSame(found: KeyFound): boolean;
  /** Asks SAP for this step; `customer` is what the steps before it have made. */
  write(sap: SapSystem, write: KeyedWrite, customer: CustomerNumber | undefined, deadline: Deadline): Promise<Written>;
}

/** A draft as it lies in the journal: the hash is over what was written there, whatever defaults came since. */
const journaledDraft = z.object({ draft: z.looseObject({ credit: z.unknown().optional() }) });

/** The steps an intent needs, first to last; at least one, also where the content cannot be read any more. */
export function planSteps(intent: WriteIntent): readonly WriteStep[] {
  try {
    return plan(intent, JSON.parse(intent.content));
  } catch (cause) {
    return [only(intent, () => Promise.reject(new GatewayError('INTERNAL', { reason: 'content' }, cause)))];
  }
}

/** How many of the steps are done already, as far as the journal knows: the number is noted when its step is over. */
export function stepsDone(steps: readonly WriteStep[], operation: WriteOperation): number {
  return steps.length > 1 && operation.customer !== null ? 1 : 0;
}

function plan(intent: WriteIntent, content: unknown): readonly WriteStep[] {
  switch (intent.kind) {
    case 'customer.create':
      return planCreate(intent, content);
    case 'customer.change': {
      const { number, change } = contents[intent.kind].parse(content);
      return [only(intent, (sap, write, _, deadline) => sap.changeCustomer(write, number, change, deadline))];
    }
    case 'contact.create': {
      const { number, draft } = contents[intent.kind].parse(content);
      return [only(intent, (sap, write, _, deadline) => sap.createContact(write, number, draft, deadline))];
    }
    case 'contact.change': {
      const { number: customer, contact, change } = contents[intent.kind].parse(content);
      const person = { customer, contact };
      return [only(intent, (sap, write, _, deadline) => sap.changeContact(write, person, change, deadline))];
    }
    case 'service.call':
      throw new GatewayError('INTERNAL', { reason: 'not built yet' });
  }
}

function planCreate(intent: WriteIntent, content: unknown): readonly WriteStep[] {
  const { credit, ...draft } = contents['customer.create'].parse(content).draft;
  const create = only(intent, (sap, write, _, deadline) => sap.createCustomer(write, draft, deadline));
  if (credit === undefined) return [create];
  const { credit: journaledCredit, ...journaled } = journaledDraft.parse(content).draft;
  const creditHash = hashOf('customer.credit', canonicalJson(journaledCredit));
  const second: WriteStep = {
    name: 'credit',
    key: toStepKey(intent.org, intent.id, 'credit'),
    contentHash: creditHash,
    isSame: ({ contentHash }) => contentHash === creditHash,
    write: (sap, write, customer, deadline) => {
      if (customer === undefined) throw new GatewayError('INTERNAL', { reason: 'credit data without a customer' });
      return sap.changeCredit(write, customer, credit, deadline);
    },
  };
  // Without the credit data: corrected credit data must not make another customer of it.
  const firstHash = hashOf(intent.kind, canonicalJson({ draft: journaled }));
  return [{ ...create, contentHash: firstHash, isSame: (found) => found.contentHash === firstHash }, second];
}

function only(intent: WriteIntent, write: WriteStep['write']): WriteStep {
  const name = intent.kind.startsWith('contact') ? 'contact' : 'customer';
  const { contentHash } = intent;
  const isSame = (found: KeyFound): boolean =>
    found.contentHash === contentHash || found.contentHash === hashForNumbers(intent, found);
  return { name, key: toWriteKey(intent.org, intent.id), contentHash, isSame, write };
}
