/** Large answers by Bulk query: page by page, each read in a stream. */
import { GatewayError, toGatewayError } from '../../errors/index.ts';
import type { Deadline } from '../../timing/index.ts';
import { createJob, jobPath, waitFor } from './bulk-job.ts';
import type { BulkParts } from './bulk-job.ts';
import { toRowError } from './ingest-job.ts';
import { readCsv } from './read-csv.ts';
import { toRowFailure } from './row-failures.ts';

/** As Salesforce recommends it; a page is a stream, so its size costs no memory. */
const maxPageRows = 50_000;
/** A page that breaks off is asked for again and read on from where it broke. */
const maxAttempts = 5;

/** The rows of the answer without header, in the order of the query. */
export async function* queryRows(
  query: string,
  parts: BulkParts,
  deadline: Deadline,
): AsyncGenerator<readonly string[], void, undefined> {
  const body = { operation: 'query', query, contentType: 'CSV', columnDelimiter: 'COMMA', lineEnding: 'LF' };
  const { id } = await createJob('query', body, parts, deadline);
  const { state, errorMessage } = await waitFor('query', id, parts, deadline);
  if (state !== 'JobComplete') throw toRowFailure(toRowError(errorMessage ?? `the query ended as ${state}`));
  let locator: string | undefined;
  do locator = yield* readPage(id, locator, parts, deadline);
  while (locator !== undefined);
}

/** Returns where the next page begins. */
async function* readPage(
  id: string,
  locator: string | undefined,
  { transfer }: BulkParts,
  deadline: Deadline,
): AsyncGenerator<readonly string[], string | undefined, undefined> {
  const at = locator === undefined ? '' : `&locator=${encodeURIComponent(locator)}`;
  const path = `${jobPath('query', id)}/results?maxRecords=${maxPageRows}${at}`;
  let given = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { headers, body } = await transfer.download(path, deadline);
      let place = 0;
      for await (const row of readCsv(body)) {
        // The first line is the header; those before `given` came with an earlier attempt.
        if (place > given) {
          given = place;
          yield row;
        }
        place += 1;
      }
      return nextOf(headers['sforce-locator']);
    } catch (thrown) {
      if (!isWorthAnother(thrown, attempt, deadline)) throw thrown;
    }
  }
}

const nextOf = (header: string | undefined): string | undefined =>
  header === undefined || header === 'null' || header === '' ? undefined : header;

const isWorthAnother = (thrown: unknown, attempt: number, deadline: Deadline): boolean =>
  thrown instanceof GatewayError &&
  toGatewayError(thrown).code === 'SALESFORCE_UNREACHABLE' &&
  attempt < maxAttempts &&
  !deadline.hasPassed;
