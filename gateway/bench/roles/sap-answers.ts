/**
 * The SAP of the bench: asks the simulated SAP once per function and then answers from memory, so that what is
 * compared is the way to SAP and not the simulator.
 */
import { createServer } from 'node:http';
import { request } from 'undici';
import { startSapSimulator } from '../../simulator/sap/start.ts';
import { portOf } from './child.ts';

/** The customer of the simulated SAP with the most to tell. */
const showcase = '0000104711';

interface Recorded {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Starts it; `url` is where SAP is. */
export async function startSapAnswers(): Promise<{ readonly url: string }> {
  const simulator = await startSapSimulator();
  const recorded = new Map<string, Recorded>();

  const answerFor = async (path: string, headers: Record<string, string>, body: Buffer): Promise<Recorded> => {
    const text = body.toString('latin1').replace(/<I_KUNNR>\w+</, `<I_KUNNR>${showcase}<`);
    // One answer per function, whatever customer is asked for; tables read generically differ by their parameters.
    const name = /Body>\s*<(?:\w+:)?([\w-]+)/.exec(text)?.[1] ?? '';
    const key = name.startsWith('Z_') ? name : text;
    const known = recorded.get(key);
    if (known !== undefined) return known;
    const answer = await request(simulator.url + path, { method: 'POST', headers, body: text });
    const fresh = {
      status: answer.statusCode,
      contentType: String(answer.headers['content-type'] ?? 'text/xml'),
      body: Buffer.from(await answer.body.arrayBuffer()),
    };
    recorded.set(key, fresh);
    return fresh;
  };

  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { authorization = '', soapaction = '' } = incoming.headers;
      const headers = { authorization, soapaction: String(soapaction), 'content-type': 'text/xml; charset=utf-8' };
      void answerFor(incoming.url ?? '/', headers, Buffer.concat(chunks)).then((answer) => {
        outgoing.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': answer.body.length });
        outgoing.end(answer.body);
      });
    });
  });
  return { url: `http://127.0.0.1:${await portOf(server)}` };
}
