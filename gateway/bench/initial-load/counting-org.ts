/** An org whose bulk jobs count rows and keep nothing; everything else is answered by the simulated org behind it. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CountingOrg {
  readonly url: string;
  /** Rows of all jobs so far. */
  readonly rows: number;
  close(): void;
}

interface Job {
  readonly keyColumn: string;
  readonly keys: string[];
}

const jobPath =
  /^\/services\/data\/v[\d.]+\/jobs\/ingest(?:\/(\w+))?(\/batches|\/successfulResults\/?|\/failedResults\/?)?/;

/** Listens on a free port of the loopback; what is no bulk job goes to `behind`. */
export async function startCountingOrg(behind: string): Promise<CountingOrg> {
  const jobs = new Map<string, Job>();
  const count = { rows: 0, jobs: 0 };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const match = jobPath.exec(request.url ?? '');
    if (match === null) return passOn(request, response, behind, url);
    const [, id, part = ''] = match;
    if (id === undefined) {
      const { externalIdFieldName } = JSON.parse(await textOf(request)) as { externalIdFieldName: string };
      count.jobs += 1;
      const made = `750${String(count.jobs).padStart(15, '0')}`;
      jobs.set(made, { keyColumn: externalIdFieldName, keys: [] });
      return json(response, { id: made, state: 'Open' });
    }
    const job = jobs.get(id);
    if (job === undefined) return json(response, [], 404);
    if (part === '/batches') {
      await take(request, job);
      count.rows += job.keys.length;
      response.writeHead(201).end();
    } else if (part.startsWith('/successful')) {
      response.writeHead(200, { 'content-type': 'text/csv' });
      response.end(
        `"sf__Id","sf__Created","${job.keyColumn}"\n${job.keys.map((key, at) => `"a0${at}","true","${key}"\n`).join('')}`,
      );
      jobs.delete(id);
    } else {
      request.resume();
      json(response, {
        id,
        state: request.method === 'PATCH' ? 'UploadComplete' : 'JobComplete',
        numberRecordsFailed: 0,
      });
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    get rows() {
      return count.rows;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The first column of each line is the key; none of the made-up values holds an end of line. */
async function take(request: IncomingMessage, job: Job): Promise<void> {
  let rest = '';
  let isHeader = true;
  for await (const chunk of request.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!isHeader) job.keys.push(line.slice(0, line.indexOf(',')));
      isHeader = false;
    }
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function passOn(request: IncomingMessage, response: ServerResponse, behind: string, own: string): Promise<void> {
  const { method = 'GET', headers } = request;
  const body = await textOf(request);
  const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...others } = headers;
  const passed = await fetch(`${behind}${request.url ?? ''}`, {
    method,
    headers: others as Record<string, string>,
    ...(body === '' ? {} : { body }),
  });
  // The session names the instance: further calls shall come here too.
  const text = (await passed.text()).replaceAll(behind, own);
  response
    .writeHead(passed.status, { 'content-type': passed.headers.get('content-type') ?? 'application/json' })
    .end(text);
}
