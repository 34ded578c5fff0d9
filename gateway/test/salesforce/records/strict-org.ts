/**
 * An org on a socket that is as strict as Salesforce where the record sink could be careless: shapes, limits, types, unknown
 * fields, equal external ids, references to what is not there. It keeps rows and remembers every call.
 */
import { gunzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { FakeOrg } from '../fake-org.ts';
import type { Asked } from '../fake-org.ts';

export type Cells = Record<string, unknown>;
export interface StrictField {
  readonly name: string;
  readonly type: string;
  readonly [more: string]: unknown;
}
export interface StrictObject {
  readonly name: string;
  readonly fields: readonly StrictField[];
  readonly [more: string]: unknown;
}
interface Part {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: unknown;
  readonly httpHeaders?: Record<string, string>;
}
export interface SubReply {
  readonly status: number;
  readonly body: unknown;
}
type Json = Record<string, unknown>;

const base = '/services/data/v67.0/';
const error = (status: number, errorCode: string, message = ''): SubReply => ({
  status,
  body: [{ errorCode, message }],
});

export class StrictOrg {
  readonly fake: FakeOrg;
  readonly objects = new Map<string, StrictObject>();
  /** Custom metadata by type. */
  readonly metadata = new Map<string, Cells[]>();
  /** By object, then by external id in lower case. */
  readonly rows = new Map<string, Map<string, Cells>>();
  /** What rows answer instead of being written; undefined: they are written. */
  onRow: (object: string, cells: Cells) => Json | undefined = () => undefined;
  /** What a part answers instead of being done. */
  onPart: (part: Part) => SubReply | undefined = () => undefined;
  /** Further resources (jobs), asked before everything else. */
  onCall: (asked: Asked, response: ServerResponse) => boolean = () => false;
  readonly events: Json[] = [];
  date: string | undefined = 'Sat, 21 Nov 2026 10:15:30 GMT';
  #ids = 0;

  private constructor(fake: FakeOrg) {
    this.fake = fake;
    fake.answers = [(asked, response) => this.#answer(asked, response)];
  }

  static async start(): Promise<StrictOrg> {
    return new StrictOrg(await FakeOrg.start());
  }

  close(): Promise<void> {
    return this.fake.close();
  }

  /** The bodies of the composite calls that wrote something. */
  get writes(): readonly (readonly Part[])[] {
    return this.composites.filter((parts) => parts.some(({ method }) => method !== 'GET'));
  }

  get composites(): readonly (readonly Part[])[] {
    return this.fake.calls
      .filter(({ path }) => path === `${base}composite`)
      .map(({ body }) => (JSON.parse(body) as { compositeRequest: Part[] }).compositeRequest);
  }

  row(object: string, key: string): Cells | undefined {
    return this.rows.get(object)?.get(key.toLowerCase());
  }

  #answer(asked: Asked, response: ServerResponse): void {
    if (this.onCall(asked, response)) return;
    const reply =
      asked.path === `${base}composite`
        ? this.#composite(asked)
        : this.#part({ method: asked.method, url: asked.path, referenceId: 'x', body: bodyOf(asked) });
    const headers = { 'content-type': 'application/json;charset=UTF-8', 'sforce-limit-info': 'api-usage=18/15000' };
    response.writeHead(reply.status, this.date === undefined ? headers : { ...headers, date: this.date });
    response.end(JSON.stringify(reply.body));
  }

  #composite(asked: Asked): SubReply {
    const { compositeRequest: parts, allOrNone } = bodyOf(asked) as { compositeRequest: Part[]; allOrNone: boolean };
    if (asked.method !== 'POST' || allOrNone) return error(400, 'INVALID_INPUT', 'not as expected');
    const heavy = parts.filter(({ url }) => /composite\/sobjects|\/query/.test(url));
    if (parts.length === 0 || parts.length > 25 || heavy.length > 5) return error(400, 'LIMIT_EXCEEDED');
    if (new Set(parts.map(({ referenceId }) => referenceId)).size < parts.length) return error(400, 'INVALID_INPUT');
    const compositeResponse = parts.map((part) => {
      const isReferring = JSON.stringify(part.body ?? null).includes('@{');
      const { status, body } = isReferring ? error(400, 'PROCESSING_HALTED', 'Invalid reference') : this.#part(part);
      return { body, httpHeaders: {}, httpStatusCode: status, referenceId: part.referenceId };
    });
    return { status: 200, body: { compositeResponse } };
  }

  #part(part: Part): SubReply {
    const told = this.onPart(part);
    if (told !== undefined) return told;
    const { method, url, body } = part;
    if (!url.startsWith(base)) return error(404, 'NOT_FOUND');
    const path = url.slice(base.length);
    const query = /^query\?q=(.*)$/.exec(path);
    if (query !== null && method === 'GET') return this.#query(decodeURIComponent(query[1] ?? ''));
    const describe = /^sobjects\/(\w+)\/describe$/.exec(path);
    if (describe !== null && method === 'GET') return this.#describe(describe[1] ?? '');
    const upsert = /^composite\/sobjects\/(\w+)\/(\w+)$/.exec(path);
    if (upsert !== null && method === 'PATCH') return this.#upsert(upsert[1] ?? '', upsert[2] ?? '', body as Json);
    const event = /^sobjects\/(\w+__e)$/.exec(path);
    if (event === null || method !== 'POST') return error(404, 'NOT_FOUND', `${method} ${url}`);
    this.events.push({ type: event[1], ...(body as Json) });
    return { status: 201, body: { id: 'e01xx0000000001AAA', success: true, errors: [] } };
  }

  /** Custom metadata, and objects by the rows they have. */
  #query(soql: string): SubReply {
    const [, fields = '', type = ''] = /^SELECT ([\w, ]+) FROM (\w+)( |$)/.exec(soql) ?? [];
    const found =
      this.metadata.get(type) ?? (this.objects.has(type) ? [...(this.rows.get(type)?.values() ?? [])] : undefined);
    if (found === undefined) return error(400, 'INVALID_TYPE', `sObject type '${type}' is not supported.`);
    const names = fields.split(', ');
    const filled = / AND (\w+) != null/.exec(soql)?.[1];
    const kept = found.filter((record) => filled === undefined || (record[filled] ?? null) !== null);
    const records = kept.map((record) => ({
      attributes: { type },
      ...Object.fromEntries(names.map((name) => [name, record[name] ?? null])),
    }));
    return { status: 200, body: { totalSize: records.length, done: true, records } };
  }

  #describe(name: string): SubReply {
    const object = [...this.objects.values()].find((each) => each.name.toLowerCase() === name.toLowerCase());
    return object === undefined ? error(404, 'NOT_FOUND') : { status: 200, body: object };
  }

  #upsert(object: string, keyField: string, body: Json): SubReply {
    const known = this.objects.get(object);
    if (known === undefined) return error(404, 'NOT_FOUND', 'The requested resource does not exist');
    const records = body['records'] as Cells[];
    if (body['allOrNone'] !== false || records.length === 0 || records.length > 200) return error(400, 'INVALID_INPUT');
    const unknown = records.flatMap((record) => Object.keys(record)).find((name) => !isKnown(known, name));
    if (unknown !== undefined)
      return error(400, 'INVALID_FIELD', `No such column '${unknown}' on sobject of type ${object}`);
    return { status: 200, body: this.upsertRows(known, keyField, records) };
  }

  /** Rows of one transaction, also lines of Bulk API: references are looked up before the first is written. */
  upsertRows(object: StrictObject, keyField: string, records: readonly Cells[]): Json[] {
    const seen = new Set<string>();
    const missing = records.map((record) =>
      Object.entries(record)
        .map(([name, value]) => this.#missingParent(object, name, value))
        .find(Boolean),
    );
    return records.map((record, at) => this.#upsertRow(object, keyField, record, seen, missing[at]));
  }

  #upsertRow(
    object: StrictObject,
    keyField: string,
    record: Cells,
    seen: Set<string>,
    missing: string | undefined,
  ): Json {
    const { attributes, [keyField]: key, ...cells } = record;
    if ((attributes as { type?: string } | undefined)?.type !== object.name) return failed('INVALID_TYPE', 'type');
    if (typeof key !== 'string' || key === '') return failed('MISSING_ARGUMENT', 'key');
    const at = key.toLowerCase();
    if (seen.has(at)) return failed('DUPLICATE_VALUE', 'Duplicate external id specified');
    seen.add(at);
    const told = this.onRow(object.name, record);
    if (told !== undefined) return told;
    if (missing !== undefined) return failed('INVALID_FIELD', missing);
    const rows = this.rows.get(object.name) ?? new Map<string, Cells>();
    this.rows.set(object.name, rows);
    const before = rows.get(at);
    const id =
      typeof before?.['Id'] === 'string' ? before['Id'] : `a00xx${String((this.#ids += 1)).padStart(10, '0')}AAA`;
    rows.set(at, { ...before, ...cells, [keyField]: key, Id: id });
    return { id, success: true, errors: [], created: before === undefined };
  }

  #missingParent({ fields }: StrictObject, name: string, value: unknown): string | undefined {
    const field = fields.find(({ relationshipName }) => relationshipName === name);
    if (field === undefined || typeof value !== 'object' || value === null) return undefined;
    const [[keyField, key] = ['', '']] = Object.entries(value);
    const [object = ''] = field['referenceTo'] as string[];
    if (this.row(object, String(key)) !== undefined) return undefined;
    const shown = String(key).toLowerCase();
    return `Foreign key external ID: ${shown} not found for field ${keyField} in entity ${object}`;
  }
}

const bodyOf = ({ body, headers }: Asked): unknown => {
  if (body === '') return undefined;
  return JSON.parse(headers['content-encoding'] === 'gzip' ? gunzipSync(Buffer.from(body)).toString() : body);
};

const isKnown = ({ fields }: StrictObject, name: string): boolean =>
  name === 'attributes' || fields.some((field) => field.name === name || field['relationshipName'] === name);

export const failed = (statusCode: string, message: string, fields: readonly string[] = []): Json => ({
  success: false,
  errors: [{ statusCode, message, fields }],
});
