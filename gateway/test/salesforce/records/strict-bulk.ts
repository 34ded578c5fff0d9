/** Bulk API 2.0 of the strict org: ingest and query jobs, with CSV read and written by code of its own. */
import type { ServerResponse } from 'node:http';
import type { Asked } from '../fake-org.ts';
import type { Cells, StrictField, StrictObject, StrictOrg } from './strict-org.ts';

interface Job {
  readonly id: string;
  readonly kind: string;
  readonly settings: Record<string, string>;
  state: string;
  csv?: string;
  looks: number;
  errorMessage?: string;
  good: string[];
  bad: string[];
  header: string;
}

export class StrictBulk {
  readonly jobs: Job[] = [];
  /** Looks until a job is done. */
  looks = 2;
  /** Called when a job would begin; may end it otherwise. */
  onStart: (job: Job) => void = () => undefined;
  /** Called with each download; true: it has answered itself. */
  onDownload: (path: string, response: ServerResponse) => boolean = () => false;
  pageRows = 2;
  readonly #org: StrictOrg;

  constructor(org: StrictOrg) {
    this.#org = org;
    org.onCall = (asked, response) => this.#answer(asked, response);
  }

  #answer({ method, path, body, headers }: Asked, response: ServerResponse): boolean {
    const [, kind = '', id = '', rest = ''] =
      /^\/services\/data\/v67\.0\/jobs\/(ingest|query)(?:\/(\w+))?(.*)$/.exec(path) ?? [];
    if (kind === '') return false;
    const json = (status: number, value: unknown): boolean => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      return true;
    };
    const csv = (text: string, more: Record<string, string> = {}): boolean => {
      response.writeHead(200, { 'content-type': 'text/csv', ...more }).end(text);
      return true;
    };
    const wrong = (message: string): boolean => json(400, [{ errorCode: 'INVALIDJOB', message }]);
    if (method === 'POST' && id === '')
      return json(200, this.#create(kind, JSON.parse(body) as Record<string, string>));
    const job = this.jobs.find((each) => each.id === id && each.kind === kind);
    if (job === undefined) return json(404, [{ errorCode: 'NOT_FOUND', message: 'no job' }]);
    if (method === 'PUT' && rest === '/batches') {
      if (job.state !== 'Open' || job.csv !== undefined) return wrong('one upload per job');
      if (!(headers['content-type'] ?? '').startsWith('text/csv')) return wrong('content type');
      job.csv = body;
      response.writeHead(201).end();
      return true;
    }
    if (method === 'PATCH') {
      job.state = (JSON.parse(body) as { state: string }).state;
      return json(200, shown(job));
    }
    if (method === 'GET' && rest === '') return json(200, shown(this.#look(job)));
    if (this.onDownload(path, response)) return true;
    if (job.state === 'Open') return wrong('not done');
    if (rest === '/successfulResults/') return csv(`"sf__Id","sf__Created",${job.header}\n${job.good.join('')}`);
    if (rest === '/failedResults/') return csv(`"sf__Id","sf__Error",${job.header}\n${job.bad.join('')}`);
    const page = /^\/results\?maxRecords=\d+(?:&locator=(\d+))?$/.exec(rest);
    if (page === null) return wrong(rest);
    const from = Number(page[1] ?? 0);
    const next = from + this.pageRows < job.good.length ? String(from + this.pageRows) : 'null';
    return csv(`${job.header}\n${job.good.slice(from, from + this.pageRows).join('')}`, { 'Sforce-Locator': next });
  }

  #create(kind: string, settings: Record<string, string>): object {
    const id = `750xx${String(this.jobs.length + 1).padStart(10, '0')}AAA`;
    const state = kind === 'ingest' ? 'Open' : 'UploadComplete';
    const job: Job = { id, kind, settings, state, looks: 0, good: [], bad: [], header: '' };
    this.jobs.push(job);
    return shown(job);
  }

  #look(job: Job): Job {
    if (job.state !== 'UploadComplete' && job.state !== 'InProgress') return job;
    job.looks += 1;
    if (job.looks < this.looks) job.state = 'InProgress';
    else {
      job.state = 'JobComplete';
      if (job.kind === 'query') this.#query(job);
      else this.#ingest(job);
      this.onStart(job);
    }
    return job;
  }

  #ingest(job: Job): void {
    const object = this.#org.objects.get(job.settings['object'] ?? '');
    const keyField = job.settings['externalIdFieldName'] ?? '';
    const [header = [], ...lines] = parseCsv(job.csv ?? '');
    job.header = toCsv(header).trimEnd();
    const unknown = object === undefined ? 'the object' : header.find((name) => !isColumn(object, name));
    if (object === undefined || unknown !== undefined) {
      job.state = 'Failed';
      job.errorMessage = `InvalidBatch : Field name not found : ${unknown}`;
      return;
    }
    const records = lines.map((line) => ({ attributes: { type: object.name }, ...cellsOf(object, header, line) }));
    for (const [at, sent] of this.#org.upsertRows(object, keyField, records).entries()) {
      const result = sent as unknown as Result;
      const line = lines[at] ?? [];
      const [error] = result.errors;
      if (result.success) job.good.push(toCsv([result.id ?? '', String(result.created), ...line]));
      else job.bad.push(toCsv(['', `${error?.statusCode}:${error?.message}:${error?.fields.join(' ')} --`, ...line]));
    }
  }

  #query(job: Job): void {
    const query = job.settings['query'] ?? '';
    const [, columns = '', type = '', key = '', like = '', order = ''] =
      /^SELECT ([\w.,/ ]+) FROM (\w+) WHERE (\w+) LIKE '(.*):%' ORDER BY (\w+)$/.exec(query) ?? [];
    if (type === '' || key !== order) {
      job.state = 'Failed';
      job.errorMessage = `MALFORMED_QUERY: ${query}`;
      return;
    }
    job.header = toCsv(columns.split(', ')).trimEnd();
    const prefix = `${like.replaceAll('\\_', '_')}:`;
    const rows = [...(this.#org.rows.get(type)?.values() ?? [])].filter((row) => String(row[key]).startsWith(prefix));
    rows.sort((a, b) => (String(a[key]) < String(b[key]) ? -1 : 1));
    job.good = rows.map((row) => toCsv(columns.split(', ').map((name) => shownCell(row, name))));
  }
}

interface Result {
  readonly success: boolean;
  readonly id?: string;
  readonly created?: boolean;
  readonly errors: readonly {
    readonly statusCode: string;
    readonly message: string;
    readonly fields: readonly string[];
  }[];
}

const shown = ({ id, state, bad, errorMessage }: Job): object => ({
  id,
  state,
  numberRecordsFailed: bad.length,
  ...(errorMessage === undefined ? {} : { errorMessage }),
});

const isColumn = ({ fields }: StrictObject, name: string): boolean => {
  const [first, second] = name.split('.');
  if (second === undefined) return fields.some((field) => field.name === name);
  return fields.some(({ relationshipName }) => relationshipName === first);
};

/** A line as the row that a collection would have: types by the field, references nested, `#N/A` null, empty not said. */
function cellsOf(object: StrictObject, header: readonly string[], line: readonly string[]): Cells {
  if (line.length !== header.length) throw new Error(`a line of ${line.length} cells under ${header.length}`);
  const cells: Cells = {};
  for (const [at, name] of header.entries()) {
    const text = line[at] ?? '';
    if (text === '') continue;
    const [relationship = '', keyField] = name.split('.');
    if (keyField !== undefined && text === '#N/A') cells[lookupOf(object, relationship)?.name ?? ''] = null;
    else if (keyField !== undefined) cells[relationship] = { [keyField]: text };
    else
      cells[name] =
        text === '#N/A'
          ? null
          : typed(
              text,
              object.fields.find((field) => field.name === name),
            );
  }
  return cells;
}

const lookupOf = ({ fields }: StrictObject, relationship: string): StrictField | undefined =>
  fields.find(({ relationshipName }) => relationshipName === relationship);

function typed(text: string, field: StrictField | undefined): unknown {
  if (field?.type === 'boolean') return text === 'true';
  return field?.type === 'double' || field?.type === 'currency' ? Number(text) : text;
}

function shownCell(row: Cells, name: string): string {
  const [first = '', second] = name.split('.');
  const value = second === undefined ? row[first] : (row[first] as Cells | undefined)?.[second];
  return value === undefined || value === null ? '' : String(value);
}

export const toCsv = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;

/** Character by character: slow, and not the way the product does it. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (isQuoted && char === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (char === ',' || char === '\n')) {
      row.push(cell);
      cell = '';
      if (char === '\n') {
        rows.push(row);
        row = [];
      }
    } else cell += String(char);
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}
