/** What people may type into any text field, through relay, agent and SOAP: refused before SAP, or kept as it is. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const draft = {
  name: 'Zephyr Robotics GmbH',
  name2: '',
  address: { street: 'Kai', houseNumber: '7', postalCode: '20457', city: 'Hamburg', region: '', country: 'DE' },
  language: 'DE',
  phone: '',
  email: '',
  vatNumber: '',
  salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
  companyCode: '1000',
  paymentTerms: 'ZB30',
  currency: 'EUR',
};
const match = { name: 'Zephyr', street: '', postalCode: '', city: '', country: '', phone: '', vatNumber: '' };

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Paths of all texts in a body, e.g. `address.city`. */
function pathsOf(body: Fields, above = ''): string[] {
  return Object.entries(body).flatMap(([name, value]) =>
    isFields(value) ? pathsOf(value, `${above}${name}.`) : [`${above}${name}`],
  );
}

/** The same body with another text at one path. */
function changed(body: Fields, path: string, text: string): Fields {
  const [name = '', ...rest] = path.split('.');
  const below = body[name];
  return { ...body, [name]: rest.length > 0 && isFields(below) ? changed(below, rest.join('.'), text) : text };
}

const changeable = ['name', 'name2', 'phone', 'email', 'vatNumber', 'address'] as const;
const change: Fields = Object.fromEntries(changeable.map((field) => [field, draft[field]]));
const operations = [
  { method: 'POST', path: '/v1/customers', body: draft },
  { method: 'PATCH', path: '/v1/customers/104722', body: change },
  { method: 'POST', path: '/v1/customers/matches', body: match },
] as const;
const everyField = operations.flatMap((operation) =>
  pathsOf(operation.body).map((field) => [operation.method, operation.path, field, operation.body] as const),
);
const sapFunctions = ['Z_GANGWAY_CUSTOMER_CREATE', 'Z_GANGWAY_CUSTOMER_CHANGE', 'BAPI_CUSTOMER_FIND'];
const callsToSap = (): Promise<number[]> => Promise.all(sapFunctions.map((name) => stack.callsOf(name)));

describe.each(everyField)('%s %s, %s', (method, path, field, body) => {
  test('refuses control characters, halves of characters and what is far too long, before SAP is asked', async () => {
    const before = await callsToSap();
    const bad = ['\u0000', '\u0001', '\t', '\n', '\r', '\u001b', '\u007f', '\u0085', '\ud800', '\udc00', '\ufffe'];
    const texts = [...bad.map((character) => `Kai${character}7`), 'x'.repeat(300)];
    const answers = await Promise.all(
      texts.map((text) => stack.call(method, path, { body: changed(body, field, text), key: 'hostile.text.1' })),
    );
    for (const { status, body: problem } of answers) {
      expect(problem).toMatchObject({ code: 'REQUEST_INVALID', disposition: 'reject' });
      expect(status).toBe(422);
      expect(problem.issues?.map((issue) => issue.path)).toContain(field);
    }
    expect(await callsToSap()).toEqual(before);
  });
});

const hostile = ['</NAME1>', ']]>', '<!--', '&amp;', "'OR'1", '%00', '${x}', '"\\u0041"', '*', '+', '&#0;', '<?x?>'];

describe.each(hostile)('the text %s', (text) => {
  const free = [
    'name',
    'name2',
    'address.street',
    'address.houseNumber',
    'address.postalCode',
    'address.city',
    'phone',
  ];
  const body = [...free, 'vatNumber'].reduce((sofar: Fields, field) => changed(sofar, field, text), draft);
  const key = `hostile.create.${hostile.indexOf(text)}`;

  test('is kept as it is in every field of a new customer and of a changed one', async () => {
    const created = await stack.call('POST', '/v1/customers', { body, key });
    expect(created.body).toMatchObject({ state: 'done' });
    const number = created.body.customer?.number ?? '';
    const wanted = { NAME1: text, NAME2: text, ORT01: text, PSTLZ: text, STCEG: text, TELF1: text };
    const rowOf = async () => (await stack.table('KNA1')).find((row) => row['KUNNR'] === number);
    expect(await rowOf()).toMatchObject(wanted);
    const other = changed({ ...change, address: body['address'] }, 'name', `${text}2`);
    const patched = await stack.call('PATCH', `/v1/customers/${number}`, { body: other, key: `${key}.change` });
    expect(patched.body).toMatchObject({ state: 'done' });
    expect(await rowOf()).toMatchObject({ NAME1: `${text}2`, ORT01: text });
    expect((await stack.call('GET', `/v1/customers/${number}`)).body).toMatchObject({ name: `${text}2` });
  });

  test('searches for itself in every field', async () => {
    const everywhere = ['street', 'postalCode', 'city', 'phone', 'vatNumber'].reduce(
      (sofar: Fields, field) => changed(sofar, field, text),
      match,
    );
    const answer = await stack.call('POST', '/v1/customers/matches', { body: { ...everywhere, name: text } });
    expect(answer.status).toBe(200);
  });
});
