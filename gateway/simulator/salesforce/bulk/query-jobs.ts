/** `/jobs/query`: Bulk API 2.0, many rows of a query as pages of CSV. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import { SalesforceError, notFound } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { recordId } from '../org/record-id.ts';
import type { ApiRoute } from '../rest/api-call.ts';
import { readRights } from '../rest/query.ts';
import { findRows } from '../soql/run-query.ts';
import type { FoundRows } from '../soql/run-query.ts';
import { csvLine } from './csv.ts';

const newJob = z.object({
  operation: z.enum(['query', 'queryAll']),
  query: z.string(),
  contentType: z.literal('CSV').default('CSV'),
  lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
  columnDelimiter: z.literal('COMMA').default('COMMA'),
});

/** The org's own page where none is asked for. */
const defaultPage = 250_000;

interface QueryJob {
  readonly id: string;
  readonly query: string;
  readonly lineEnding: 'LF' | 'CRLF';
  readonly createdAt: number;
  state: 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Aborted';
  found: FoundRows | undefined;
}

/** As the results files write it. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return String(value).replace(/^(\d{4}-\d\d-\d\dT[\d:.]+)\+0000$/, '$1Z');
}

export class QueryJobs {
  readonly #org: Org;
  readonly #jobs = new Map<string, QueryJob>();
  #lastNumber = 0;

  constructor(org: Org) {
    this.#org = org;
  }

  /** Addresses below `/services/data/vXX.0`. */
  get routes(): readonly ApiRoute[] {
    const kind = 'bulk-query' as const;
    const job = '/jobs/query/(?<id>\\w{15,18})';
    return [
      { kind, method: 'POST', path: '/jobs/query', handle: (user, call) => this.#create(user, call) },
      { kind, method: 'GET', path: job, handle: (_, call) => ({ status: 200, body: info(this.#of(call)) }) },
      { kind, method: 'PATCH', path: job, handle: (_, call) => this.#abort(call) },
      { kind, method: 'DELETE', path: job, handle: (_, call) => this.#delete(call) },
      { kind, method: 'GET', path: `${job}/results`, handle: (_, call) => this.#results(call) },
    ];
  }

  #create(user: OrgUser, call: HttpCall): HttpAnswer {
    const parsed = newJob.safeParse(parseJson(call));
    if (!parsed.success)
      throw new SalesforceError('INVALIDJOB', `InvalidJob : ${parsed.error.issues[0]?.message ?? ''}`);
    const { query, lineEnding } = parsed.data;
    if (/\b(?:GROUP\s+BY|OFFSET|TYPEOF|COUNT\s*\()/i.test(query))
      throw new SalesforceError('API_ERROR', 'This feature is not currently supported by the Bulk API');
    this.#lastNumber += 1;
    const job: QueryJob = {
      id: recordId('750', 100_000 + this.#lastNumber),
      query,
      lineEnding,
      createdAt: this.#org.now(),
      state: 'UploadComplete',
      found: undefined,
    };
    // A query that cannot be read is refused at once.
    const find = (): FoundRows => findRows(this.#org.store, query, readRights(this.#org, user), 0);
    find();
    this.#jobs.set(job.id, job);
    setImmediate(() => {
      if (job.state === 'Aborted') return;
      job.found = findRows(this.#org.store, query, readRights(this.#org, user));
      job.state = 'JobComplete';
    });
    return { status: 200, body: info(job) };
  }

  #of(call: HttpCall): QueryJob {
    const job = this.#jobs.get(call.parts['id'] ?? '');
    if (job === undefined) throw notFound();
    return job;
  }

  #abort(call: HttpCall): HttpAnswer {
    const job = this.#of(call);
    job.state = 'Aborted';
    return { status: 200, body: info(job) };
  }

  #delete(call: HttpCall): HttpAnswer {
    this.#jobs.delete(this.#of(call).id);
    return { status: 204 };
  }

  #results(call: HttpCall): HttpAnswer {
    const { found, lineEnding } = this.#of(call);
    if (found === undefined) throw new SalesforceError('INVALIDJOBSTATE', 'InvalidJobState : The job has not ended');
    const most = Number(call.url.searchParams.get('maxRecords') ?? defaultPage);
    const locator = call.url.searchParams.get('locator');
    const start = locator === null ? 0 : Number(Buffer.from(locator, 'base64url').toString('utf8'));
    if (!Number.isInteger(start) || start < 0 || !(most > 0))
      throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
    const ids = found.ids.slice(start, start + most);
    const next = start + ids.length;
    const shape = { delimiter: ',', lineEnding };
    function* lines(rows: FoundRows): Generator<string, undefined> {
      yield csvLine(rows.titles, shape);
      for (const id of ids) {
        const values = rows.valuesOf(id);
        if (values !== undefined) yield csvLine(values.map(cellOf), shape);
      }
    }
    return {
      status: 200,
      body: Readable.from(lines(found), { objectMode: false }),
      headers: {
        'content-type': 'text/csv',
        'sforce-locator': next < found.ids.length ? Buffer.from(String(next)).toString('base64url') : 'null',
        'sforce-numberofrecords': String(ids.length),
      },
    };
  }
}

const info = ({ id, query, lineEnding, state, createdAt, found }: QueryJob): object => ({
  id,
  operation: 'query',
  object: /\bFROM\s+(\w+)/i.exec(query)?.[1] ?? '',
  state,
  createdDate: new Date(createdAt).toISOString().replace('Z', '+0000'),
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: 67,
  jobType: 'V2Query',
  lineEnding,
  columnDelimiter: 'COMMA',
  numberRecordsProcessed: found?.ids.length ?? 0,
  retries: 0,
  totalProcessingTime: 0,
  isPkChunkingSupported: true,
});
