/** Speaks to the simulated SAP over its socket, as a foreign client would. */
import { SaxesParser } from 'saxes';
import { request } from 'undici';
import { z } from 'zod';
import { defaultUser } from '../../../simulator/sap/start.ts';

export interface CallOptions {
  readonly client?: string;
  readonly language?: string;
  readonly authorization?: string | undefined;
  readonly contentType?: string;
  readonly method?: 'POST' | 'GET';
  readonly path?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** An element of an answer: its text, or its children by name. */
export interface Node {
  readonly name: string;
  text: string;
  readonly children: Node[];
}

export const goodLogon = basic(defaultUser.name, defaultUser.password);

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The envelope around a function element. */
export function envelope(functionName: string, parameters: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>' +
    `<rfc:${functionName} xmlns:rfc="urn:sap-com:document:sap:rfc:functions">${parameters}</rfc:${functionName}></SOAP-ENV:Body></SOAP-ENV:Envelope>`
  );
}

/** Sends a body and returns whatever comes back. */
export async function send(url: string, body: string | Buffer, options: CallOptions = {}): Promise<RawAnswer> {
  const { client = '100', language = 'EN', path = '/sap/bc/soap/rfc', method = 'POST' } = options;
  const authorization = 'authorization' in options ? options.authorization : goodLogon;
  const {
    statusCode,
    headers,
    body: answer,
  } = await request(`${url}${path}?sap-client=${client}&sap-language=${language}`, {
    method,
    headers: {
      'content-type': options.contentType ?? 'text/xml; charset=utf-8',
      soapaction: '""',
      ...(authorization === undefined ? {} : { authorization }),
    },
    ...(method === 'POST' ? { body } : {}),
  });
  return { status: statusCode, headers, text: await answer.text() };
}

/** Reads XML into nodes. */
export function parse(xml: string): Node {
  const parser = new SaxesParser({ xmlns: true });
  const root: Node = { name: '', text: '', children: [] };
  const open = [root];
  parser.on('opentag', (tag) => {
    const node: Node = { name: tag.local, text: '', children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', (text) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return root;
}

/** The first node of that name, anywhere below. */
export function find(node: Node, name: string): Node | undefined {
  for (const child of node.children) {
    const found = child.name === name ? child : find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Text of the first node of that name. */
export function textOf(node: Node, name: string): string | undefined {
  return find(node, name)?.text;
}

/** Rows of a table parameter as records; undefined when the table is not in the answer. */
export function rowsOf(node: Node, table: string): Record<string, string>[] | undefined {
  return find(node, table)?.children.map((item) =>
    Object.fromEntries(item.children.map((field) => [field.name, field.text])),
  );
}

/** Calls a function that must answer with HTTP 200; returns its response element. */
export async function call(
  url: string,
  functionName: string,
  parameters: string,
  options: CallOptions = {},
): Promise<Node> {
  const answer = await send(url, envelope(functionName, parameters), options);
  if (answer.status !== 200) throw new Error(`${functionName}: HTTP ${answer.status} ${answer.text}`);
  const response = find(parse(answer.text), `${functionName}.Response`);
  if (response === undefined) throw new Error(`no ${functionName}.Response in ${answer.text}`);
  return response;
}

/** Calls a function that must end in a SOAP fault. */
export async function fault(
  url: string,
  functionName: string,
  parameters: string,
  options: CallOptions = {},
): Promise<{ status: number; code: string; text: string; name: string }> {
  const answer = await send(url, envelope(functionName, parameters), options);
  const node = parse(answer.text);
  return {
    status: answer.status,
    code: textOf(node, 'faultcode') ?? '',
    text: textOf(node, 'faultstring') ?? '',
    name: textOf(node, 'Name') ?? '',
  };
}

const controlBody = z.looseObject({
  count: z.number().default(0),
  rows: z.array(z.record(z.string(), z.string())).default([]),
  functions: z.record(z.string(), z.number()).default({}),
  peak: z.number().default(0),
  error: z.string().default(''),
});

/** A request to the control API. */
export async function control(
  url: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<{ status: number; body: z.infer<typeof controlBody> }> {
  const answer = await request(`${url}/simulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: answer.statusCode, body: controlBody.parse(await answer.body.json()) };
}

export interface CreateWish {
  readonly key?: string;
  readonly fence?: string;
  readonly content?: string;
  readonly testRun?: boolean;
  readonly general?: Readonly<Record<string, string>>;
  readonly company?: Readonly<Record<string, string>>;
  readonly sales?: Readonly<Record<string, string>>;
}

/** Elements for the fields of a structure, or for scalar parameters. */
export function fields(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
}

/** Parameters of Z_GANGWAY_CUSTOMER_CREATE for a customer SAP would take. */
export function createParameters({
  key = 'test:1',
  fence = '',
  content = 'a'.repeat(64),
  testRun = false,
  general,
  company,
  sales,
}: CreateWish = {}): string {
  const goodGeneral = {
    KTOKD: 'KUNA',
    NAME1: 'Fjordlys Energi AS',
    STREET: 'Strandgaten',
    HOUSE_NUM1: '7',
    PSTLZ: '5013',
    ORT01: 'Bergen',
    LAND1: 'NO',
    SPRAS_ISO: 'NO',
    TELF1: '+47 55501',
    SMTP_ADDR: 'post@fjordlys.example',
  };
  return (
    `<I_EXTERNAL_KEY>${key}</I_EXTERNAL_KEY><I_CONTENT>${content}</I_CONTENT><I_TESTRUN>${testRun ? 'X' : ''}</I_TESTRUN><I_FENCE>${fence}</I_FENCE>` +
    `<IS_GENERAL>${fields({ ...goodGeneral, ...general })}</IS_GENERAL><IS_COMPANY>${fields({ BUKRS: '1000', ZTERM: 'ZB30', ...company })}</IS_COMPANY>` +
    `<IS_SALES>${fields({ VKORG: '1000', VTWEG: '10', SPART: '00', WAERS: 'EUR', ZTERM: 'ZB30', ...sales })}</IS_SALES><ET_RETURN/>`
  );
}
