/** The steps of a write: each with a key and a content of its own, so that one that is done is never done again. */
import { z } from 'zod';
import { GatewayError } from '../../errors/index.ts';
import type { ContactNumber, CustomerNumber, WriteOperation } from '../../model/index.ts';
import type {
  KeyedWrite,
  KeyLookup,
  SapServices,
  SapSystem,
  ServiceValues,
  WriteIntent,
  WriteKey,
  Written,
} from '../../ports/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { canonicalJson, contents, hashForNumbers, hashOf, toStepKey, toWriteKey } from './content.ts';
import { heldUnresolved } from './run-parts.ts';
import { planService } from './service-step.ts';

type KeyFound = Extract<KeyLookup, { state: 'done' }>;

/** What a step has made in SAP. */
export interface StepDone extends Pick<Written, 'isRepeat' | 'messages'> {
  /** Absent of a service: what it makes is in its outputs. */
  readonly customerNumber: CustomerNumber | undefined;
  readonly contactNumber: ContactNumber | null;
  readonly outputs?: ServiceValues | undefined;
}

/** What SAP says of a step whose outcome is not known. */
export type StepFound =
  | { readonly state: 'done'; readonly done: StepDone }
  /** SAP has the key for other content. */
  | { readonly state: 'reused'; readonly customerNumber: CustomerNumber | undefined }
  | { readonly state: 'running' }
  /** `isFinal`: nothing of it can come any more, or its key would stop it. */
  | { readonly state: 'none'; readonly isFinal: boolean }
  /** There is no way to look: a person must. */
  | { readonly state: 'impossible'; readonly failure: GatewayError };

export interface WriteStep {
  readonly name: 'customer' | 'contact' | 'credit' | 'service';
  readonly key: WriteKey;
  readonly contentHash: string;
  /** Every write of it is dealt with by its key in SAP, so that an entry of unknown standing can always be looked up. */
  readonly isKeyedInSap: boolean;
  /** Asks SAP for this step; `customer` is what the steps before it have made. */
  write(sap: SapSystem, write: KeyedWrite, customer: CustomerNumber | undefined, deadline: Deadline): Promise<StepDone>;
  /** Asks SAP whether it has this step. */
  lookUp(sap: SapSystem, deadline: Deadline, fence: number | undefined): Promise<StepFound>;
  /** How it ends when it cannot be found out, because of `cause` or because the time for it is over. */
  unresolved(cause: GatewayError | undefined): GatewayError;
}

/** A draft as it lies in the journal: the hash is over what was written there, whatever defaults came since. */
const journaledDraft = z.object({ draft: z.looseObject({ credit: z.unknown().optional() }) });

/** The steps an intent needs, first to last; at least one, also where the content cannot be read any more. */
export function planSteps(intent: WriteIntent, services?: SapServices): readonly WriteStep[] {
  try {
    const content: unknown = JSON.parse(intent.content);
    return intent.kind === 'service.call'
      ? [planService(intent, content, services)]
      : plan(intent, intent.kind, content);
  } catch (cause) {
    return [only(intent, () => Promise.reject(new GatewayError('INTERNAL', { reason: 'content' }, cause)))];
  }
}

/** How many of the steps are done already, as far as the journal knows: the number is noted when its step is over. */
export function stepsDone(steps: readonly WriteStep[], operation: WriteOperation): number {
  return steps.length > 1 && operation.customer !== null ? 1 : 0;
}

function plan(
  intent: WriteIntent,
  kind: Exclude<WriteIntent['kind'], 'service.call'>,
  content: unknown,
): readonly WriteStep[] {
  switch (kind) {
    case 'customer.create':
      return planCreate(intent, content);
    case 'customer.change': {
      const { number, change } = contents[kind].parse(content);
      return [only(intent, (sap, write, _, deadline) => sap.changeCustomer(write, number, change, deadline))];
    }
    case 'contact.create': {
      const { number, draft } = contents[kind].parse(content);
      return [only(intent, (sap, write, _, deadline) => sap.createContact(write, number, draft, deadline))];
    }
    case 'contact.change': {
      const { number: customer, contact, change } = contents[kind].parse(content);
      const person = { customer, contact };
      return [only(intent, (sap, write, _, deadline) => sap.changeContact(write, person, change, deadline))];
    }
  }
}

function planCreate(intent: WriteIntent, content: unknown): readonly WriteStep[] {
  const { credit, ...draft } = contents['customer.create'].parse(content).draft;
  const create = only(intent, (sap, write, _, deadline) => sap.createCustomer(write, draft, deadline));
  if (credit === undefined) return [create];
  const { credit: journaledCredit, ...journaled } = journaledDraft.parse(content).draft;
  const creditHash = hashOf('customer.credit', canonicalJson(journaledCredit));
  const creditKey = toStepKey(intent.org, intent.id, 'credit');
  const second: WriteStep = {
    ...keyedStep(creditKey, creditHash, ({ contentHash }) => contentHash === creditHash),
    name: 'credit',
    write: (sap, write, customer, deadline) => {
      if (customer === undefined) throw new GatewayError('INTERNAL', { reason: 'credit data without a customer' });
      return sap.changeCredit(write, customer, credit, deadline);
    },
  };
  // Without the credit data: corrected credit data must not make another customer of it.
  const firstHash = hashOf(intent.kind, canonicalJson({ draft: journaled }));
  const first = keyedStep(create.key, firstHash, (found) => found.contentHash === firstHash);
  return [{ ...create, ...first }, second];
}

function only(intent: WriteIntent, write: WriteStep['write']): WriteStep {
  const name = intent.kind.startsWith('contact') ? 'contact' : 'customer';
  const { contentHash } = intent;
  const isSame = (found: KeyFound): boolean =>
    found.contentHash === contentHash || found.contentHash === hashForNumbers(intent, found);
  return { ...keyedStep(toWriteKey(intent.org, intent.id), contentHash, isSame), name, write };
}

/** A step whose key SAP itself keeps: there it is looked up, and `isSame` tells whether what SAP has is this step. */
function keyedStep(
  key: WriteKey,
  contentHash: string,
  isSame: (found: KeyFound) => boolean,
): Omit<WriteStep, 'name' | 'write'> {
  return {
    key,
    contentHash,
    isKeyedInSap: true,
    lookUp: async (sap, deadline, fence) => {
      const found = await sap.lookUpKey(key, deadline, fence);
      if (found.state === 'none') return { state: 'none', isFinal: true };
      if (found.state === 'running') return found;
      const { customerNumber, contactNumber } = found;
      if (!isSame(found)) return { state: 'reused', customerNumber };
      return { state: 'done', done: { customerNumber, contactNumber, isRepeat: false, messages: [] } };
    },
    unresolved: (cause) =>
      cause === undefined ? new GatewayError('SAP_OUTCOME_UNRESOLVED') : heldUnresolved(cause).failure,
  };
}
