/**
 * A writing service as the one step of its write. SAP keeps no key of it: that it happens once rests on the journal and on the
 * look-up its file names, so what may be in SAP and cannot be looked up ends at a person.
 */
import { GatewayError } from '../../errors/index.ts';
import type { WriteState } from '../../model/index.ts';
import type { JournalEntry, SapServices, ServiceAnswer, ServiceValues, WriteIntent } from '../../ports/index.ts';
import { contents, toWriteKey, versionOf } from './content.ts';
import type { FirstStep } from './run-parts.ts';
import type { StepDone, WriteStep } from './write-plan.ts';

/** The most that the journal keeps of what a write returned: an order with 500 items has about 50 KB. */
const maxOutputsBytes = 64 * 1024;

/** Throws a ZodError for content that cannot be read. */
export function planService(intent: WriteIntent, content: unknown, services: SapServices | undefined): WriteStep {
  const { service: name, version, inputs } = contents['service.call'].parse(content);
  /** What is published under the name now counts only if it is what the write began under. */
  const current = (): SapServices => {
    const service = services?.find(name);
    if (services === undefined || service === undefined || service.effect !== 'write')
      throw new GatewayError('SERVICE_CHANGED', { name, how: 'withdrawn' });
    if (versionOf(service) !== version) throw new GatewayError('SERVICE_CHANGED', { name, how: 'published anew' });
    return services;
  };
  const at =
    'createdAtMs' in intent && typeof intent.createdAtMs === 'number' ? new Date(intent.createdAtMs) : undefined;
  const unresolved = (reason: string, cause?: GatewayError): GatewayError => {
    const context = { name, reason, at: at?.toISOString().slice(0, 16).replace('T', ' ').concat(' UTC') };
    const issues = cause === undefined ? [] : [{ path: '', message: `${cause.message} ${cause.advice}` }];
    const details = { sapMessages: cause?.sapMessages ?? [], issues };
    return new GatewayError('SERVICE_OUTCOME_UNRESOLVED', context, cause, details);
  };
  const key = toWriteKey(intent.org, intent.id);
  const { contentHash } = intent;
  return {
    name: 'service',
    key,
    contentHash,
    isKeyedInSap: false,
    write: async (_sap, write, _customer, deadline) => {
      const published = current();
      return toDone(await published.write(write, name, published.checkInputs(name, inputs), deadline));
    },
    lookUp: async (_sap, deadline, fence) => {
      const published = current();
      const found = await published.lookUp(
        { key, contentHash, fence },
        name,
        published.checkInputs(name, inputs),
        deadline,
      );
      if (found.state === 'done') return { state: 'done', done: toDone({ outputs: found.outputs, sapMessages: [] }) };
      if (found.state === 'none') return { state: 'none', isFinal: found.isFinal === true };
      if (found.state === 'running') return { state: 'running' };
      if (found.state === 'other') return { state: 'reused', customerNumber: undefined };
      return { state: 'impossible', failure: unresolved('its file names no way to look') };
    },
    unresolved: (cause) => unresolved(cause === undefined ? 'the look-up gave no answer' : reasonOf(cause), cause),
  };
}

const reasonOf = (cause: GatewayError): string =>
  cause.code === 'SERVICE_CHANGED' ? `it was ${cause.context['how'] ?? 'changed'} meanwhile` : 'the look-up failed';

const toDone = ({ outputs, sapMessages }: ServiceAnswer): StepDone => ({
  customerNumber: undefined,
  contactNumber: null,
  isRepeat: false,
  messages: sapMessages,
  outputs,
});

/** Whether the journal keeps these outputs; the write itself cannot be taken back either way. */
export const isKept = (outputs: ServiceValues): boolean =>
  Buffer.byteLength(JSON.stringify(outputs)) <= maxOutputsBytes;

/** What callers are told of outputs that are not kept. */
export const tooLarge = (): GatewayError => new GatewayError('SERVICE_RESULT_TOO_LARGE', { maxBytes: maxOutputsBytes });

/** With these a held write may be in SAP. */
const mayBeThere: ReadonlySet<string> = new Set([
  'SERVICE_OUTCOME_UNRESOLVED',
  'SAP_OUTCOME_UNRESOLVED',
  'SAP_OUTCOME_UNKNOWN',
  'LEASE_LOST',
]);

/**
 * Whether nothing of a service's write is in SAP, as far as this agent knows: its entry names why an attempt failed, and every
 * attempt takes that away before it begins (write-run.ts, invariant 9).
 */
export function isUnsent({ kind, operation: { state, problem } }: JournalEntry): boolean {
  if (kind !== 'service.call' || problem === null || mayBeThere.has(problem.code)) return false;
  return state === 'running' || state === 'held';
}

/**
 * What is journaled before a run begins that goes on with an entry. Of a service that may be in SAP it is said at once that it is
 * looked up: a reason to wait, noted first, would read as if nothing were there.
 */
export function noteAtBegin(
  state: WriteState,
  ask: FirstStep,
  { isKeyedInSap }: Pick<WriteStep, 'isKeyedInSap'>,
  unsent: boolean,
): { readonly state: WriteState; readonly failure?: GatewayError } | undefined {
  const isWrite = ask === 'write' && !isKeyedInSap;
  if (unsent && !isWrite) return undefined;
  if (state === 'held') return { state: isWrite ? 'running' : 'verifying' };
  const isUnknown = state === 'running' && ask === 'look-up' && !isKeyedInSap;
  return isUnknown ? { state: 'verifying', failure: new GatewayError('SAP_OUTCOME_UNKNOWN') } : undefined;
}
