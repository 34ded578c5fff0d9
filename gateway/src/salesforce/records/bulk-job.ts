/** Jobs of Bulk API 2.0, both ways: made, waited for, given up when the time is over. */
import { z } from 'zod';
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { Log } from '../../telemetry/index.ts';
import { backoffMs, Deadline, sleep } from '../../timing/index.ts';
import type { Clock } from '../../timing/index.ts';
import { unreadable } from '../exchange.ts';
import { apiVersion } from '../rest-client.ts';
import type { RestClient } from '../rest-client.ts';
import type { RestTransfer } from '../rest-transfer.ts';

export interface BulkParts {
  readonly client: RestClient;
  readonly transfer: RestTransfer;
  readonly clock: Clock;
  readonly log: Log;
}

const job = z.object({
  id: z.string().regex(/^\w{15,18}$/),
  state: z.string().max(40),
  numberRecordsFailed: z.int().min(0).optional().catch(undefined),
  errorMessage: z.string().nullish().catch(undefined),
});
export type Job = z.infer<typeof job>;

/** Ten thousand rows take some seconds; a large job takes minutes, and each look is an API call. */
const looks = { firstMs: 1_000, maxMs: 30_000 };
/** A look that hangs must not take the time of all others. */
const lookTimeoutMs = 60_000;
/** Giving a job up is a courtesy to the org, and may not hold up whoever waits. */
const abortTimeoutMs = 10_000;

/** `jobs/ingest` or `jobs/query`. */
export type JobKind = 'ingest' | 'query';

export const jobPath = (kind: JobKind, id?: string): string =>
  `/services/data/v${apiVersion}/jobs/${kind}${id === undefined ? '' : `/${id}`}`;

export async function createJob(kind: JobKind, body: object, parts: BulkParts, deadline: Deadline): Promise<Job> {
  return readJob(await parts.client.call({ method: 'POST', path: jobPath(kind), body }, deadline));
}

export async function setState(kind: JobKind, id: string, state: string, { client }: BulkParts, deadline: Deadline) {
  await client.call({ method: 'PATCH', path: jobPath(kind, id), body: { state } }, deadline);
}

/** Waits until nothing more happens with it. What it has done by then, it has done. */
export async function waitFor(kind: JobKind, id: string, parts: BulkParts, deadline: Deadline): Promise<Job> {
  const { clock } = parts;
  for (let look = 1; ; look += 1) {
    await sleep(clock, Math.min(backoffMs(clock, looks, look), deadline.remainingMs()));
    if (deadline.hasPassed) {
      await giveUp(kind, id, parts);
      throw new GatewayError('SALESFORCE_UNREACHABLE', { reason: `the ${kind} job ${id} was not done in time` });
    }
    const found = await lookAt(kind, id, parts, deadline);
    if (found !== undefined && ['JobComplete', 'Failed', 'Aborted'].includes(found.state)) return found;
  }
}

/** Undefined: not to be seen now; the job goes on all the same. */
async function lookAt(kind: JobKind, id: string, { client, clock }: BulkParts, deadline: Deadline) {
  const soon = Deadline.in(clock, Math.min(deadline.remainingMs(), lookTimeoutMs));
  try {
    return readJob(await client.call({ method: 'GET', path: jobPath(kind, id) }, soon));
  } catch (thrown) {
    if (toGatewayError(thrown).disposition !== 'retry') throw thrown;
    return undefined;
  }
}

/** Nobody will read its results. */
export async function giveUp(kind: JobKind, id: string, parts: BulkParts): Promise<void> {
  try {
    await setState(kind, id, 'Aborted', parts, Deadline.in(parts.clock, abortTimeoutMs));
  } catch (thrown) {
    // Salesforce ends jobs by itself after seven days.
    parts.log.warn({ job: id, code: toGatewayError(thrown).code }, 'A bulk job could not be given up.');
  }
}

function readJob(body: unknown): Job {
  const parsed = job.safeParse(body);
  if (!parsed.success) throw unreadable('a bulk job');
  return parsed.data;
}
