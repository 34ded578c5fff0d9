/** `/jobs/ingest`: Bulk API 2.0, many rows in one file. */
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../http.ts';
import { parseJson } from '../http.ts';
import { SalesforceError, notFound } from '../org/errors.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { recordId } from '../org/record-id.ts';
import type { ApiRoute } from '../rest/api-call.ts';
import { externalIdField } from '../rest/write-record.ts';
import { IngestJob } from './ingest-job.ts';

/** The org's own limit of one upload. */
const maxFileBytes = 150 * 1024 * 1024;
/** Files of ended jobs are let go, oldest first, as the org does after a week. */
const maxKeptBytes = 600 * 1024 * 1024;

const delimiters = { COMMA: ',', TAB: '\t', SEMICOLON: ';', PIPE: '|', CARET: '^', BACKQUOTE: '`' } as const;
const newJob = z.object({
  object: z.string(),
  operation: z.enum(['insert', 'update', 'upsert', 'delete']),
  externalIdFieldName: z.string().optional(),
  contentType: z.literal('CSV').default('CSV'),
  lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
  columnDelimiter: z.enum(['COMMA', 'TAB', 'SEMICOLON', 'PIPE', 'CARET', 'BACKQUOTE']).default('COMMA'),
});
const changedState = z.object({ state: z.enum(['UploadComplete', 'Aborted']) });

const invalid = (message: string): SalesforceError => new SalesforceError('INVALIDJOB', `InvalidJob : ${message}`);

/** The ingest jobs of one org. */
export class IngestJobs {
  readonly #org: Org;
  readonly #jobs = new Map<string, IngestJob>();
  /** Trouble that was ordered for jobs: what ends one. */
  readonly #trouble: () => string | undefined;
  #lastNumber = 0;

  constructor(org: Org, trouble: () => string | undefined) {
    this.#org = org;
    this.#trouble = trouble;
  }

  /** Addresses below `/services/data/vXX.0`. */
  get routes(): readonly ApiRoute[] {
    const job = '/jobs/ingest/(?<id>\\w{15,18})';
    return [
      { kind: 'bulk', method: 'POST', path: '/jobs/ingest', handle: (user, call) => this.#create(user, call) },
      { kind: 'bulk', method: 'GET', path: job, handle: (_, call) => ok(this.#info(this.#of(call))) },
      { kind: 'bulk', method: 'PATCH', path: job, handle: (_, call) => this.#change(call) },
      { kind: 'bulk', method: 'DELETE', path: job, handle: (_, call) => this.#delete(call) },
      { kind: 'bulk', method: 'PUT', path: `${job}/batches`, maxFileBytes, handle: (_, call) => this.#upload(call) },
      {
        kind: 'bulk',
        method: 'GET',
        path: `${job}/(?<file>successfulResults|failedResults|unprocessedrecords)`,
        handle: (_, call) => this.#results(call),
      },
    ];
  }

  #create(user: OrgUser, call: HttpCall): HttpAnswer {
    const parsed = newJob.safeParse(parseJson(call));
    if (!parsed.success) throw invalid(parsed.error.issues[0]?.message ?? 'The job cannot be read');
    const { object: name, operation, externalIdFieldName, lineEnding, columnDelimiter } = parsed.data;
    const object = this.#org.store.objects.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (object === undefined || !this.#org.canUse(user, object.name, 'read'))
      throw new SalesforceError('INVALIDENTITY', `InvalidEntity : Unable to find object: ${name}`);
    if (operation === 'upsert' && externalIdFieldName === undefined)
      throw invalid('External ID was blank for upsert operation');
    const keyField = operation === 'upsert' ? externalIdField(object, externalIdFieldName ?? '').name : '';
    this.#lastNumber += 1;
    const settings = {
      id: recordId('750', this.#lastNumber),
      object,
      operation,
      externalIdField: keyField,
      lineEnding,
      delimiter: delimiters[columnDelimiter],
    };
    const job = new IngestJob(this.#org, user, settings);
    this.#jobs.set(settings.id, job);
    return ok(this.#info(job));
  }

  #of(call: HttpCall): IngestJob {
    const job = this.#jobs.get(call.parts['id'] ?? '');
    if (job === undefined) throw notFound();
    return job;
  }

  #upload(call: HttpCall): HttpAnswer {
    const job = this.#of(call);
    if (!/^text\/csv\b/.test(call.headers['content-type'] ?? ''))
      throw new SalesforceError('INVALID_CONTENT_TYPE', 'The content type must be text/csv', { status: 415 });
    if (job.state !== 'Open' || job.hasFile)
      throw new SalesforceError(
        'CLIENT_INPUT_ERROR',
        `Found multiple contents for job: <${job.settings.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
      );
    job.upload(call.file ?? Buffer.alloc(0));
    this.#letGo();
    return { status: 201 };
  }

  #change(call: HttpCall): HttpAnswer {
    const job = this.#of(call);
    const { state } = changedState.parse(parseJson(call));
    const isPossible = state === 'Aborted' ? !job.isEnded : job.state === 'Open' && job.hasFile;
    if (!isPossible)
      throw new SalesforceError('INVALIDJOBSTATE', `InvalidJobState : Job is ${job.state} and cannot become ${state}`);
    if (state === 'Aborted') job.abort();
    else {
      job.state = 'UploadComplete';
      void job.process(this.#trouble).catch((error: unknown) => {
        job.state = 'Failed';
        job.errorMessage = `InternalServerError : ${String(error)}`;
      });
    }
    return ok(this.#info(job));
  }

  #delete(call: HttpCall): HttpAnswer {
    const job = this.#of(call);
    if (!job.isEnded) throw new SalesforceError('INVALIDJOBSTATE', 'InvalidJobState : The job has not ended');
    this.#jobs.delete(job.settings.id);
    return { status: 204 };
  }

  #results(call: HttpCall): HttpAnswer {
    const job = this.#of(call);
    if (!job.isEnded) throw new SalesforceError('INVALIDJOBSTATE', 'InvalidJobState : The job has not ended');
    const file = call.parts['file'];
    const which = file === 'successfulResults' || file === 'failedResults' ? file : 'unprocessedrecords';
    return { status: 200, body: job.results(which), headers: { 'content-type': 'text/csv' } };
  }

  #letGo(): void {
    let kept = [...this.#jobs.values()].reduce((sum, job) => sum + job.bytes, 0);
    for (const job of this.#jobs.values()) {
      if (kept <= maxKeptBytes) return;
      if (!job.isEnded) continue;
      kept -= job.bytes;
      this.#jobs.delete(job.settings.id);
    }
  }

  #info(job: IngestJob): object {
    const { id, object, operation, externalIdField: key, lineEnding, delimiter } = job.settings;
    const columnDelimiter = Object.entries(delimiters).find(([, sign]) => sign === delimiter)?.[0];
    const createdDate = new Date(job.createdAt).toISOString().replace('Z', '+0000');
    return {
      id,
      object: object.name,
      operation,
      ...(key === '' ? {} : { externalIdFieldName: key }),
      state: job.state,
      createdDate,
      systemModstamp: createdDate,
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 67,
      jobType: 'V2Ingest',
      lineEnding,
      columnDelimiter,
      ...(job.state === 'Open' ? { contentUrl: `services/data/v67.0/jobs/ingest/${id}/batches` } : {}),
      ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
      numberRecordsProcessed: job.processed,
      numberRecordsFailed: job.failed,
      retries: 0,
      totalProcessingTime: job.tookMs,
      apiActiveProcessingTime: job.tookMs,
      apexProcessingTime: 0,
    };
  }
}

const ok = (body: object): HttpAnswer => ({ status: 200, body });
