/** The RFC door: logon, descriptions, values, and how calls fail. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import { RfcCaller, goodLogon, openSession, portOf, sessionsOf, untilSessions } from './rfc-caller.ts';
import { basic, envelope, send } from './soap-caller.ts';

let sap: SapSimulator | undefined;
afterEach(async () => {
  await sap?.close();
  sap = undefined;
});

async function start(options: SapSimulatorOptions = {}): Promise<SapSimulator> {
  sap = await startSapSimulator({ rfc: true, data: {}, ...options });
  return sap;
}

async function logOn(system: SapSimulator, parameters: object): Promise<Awaited<ReturnType<RfcCaller['ask']>>> {
  const caller = await RfcCaller.connect(portOf(system));
  return caller.ask({ op: 'logon', parameters });
}

test('the door is there only when it is asked for', async () => {
  expect((await startAndClose({})).rfc).toBeUndefined();
  const { rfc } = await start();
  expect(rfc).toMatchObject({ host: '127.0.0.1', port: 3300 + Number(rfc?.systemNumber) });
});

async function startAndClose(options: SapSimulatorOptions): Promise<SapSimulator> {
  const system = await startSapSimulator(options);
  await system.close();
  return system;
}

test('simulators side by side have system numbers of their own', async () => {
  const first = await start();
  const second = await startSapSimulator({ rfc: true, data: {} });
  expect(second.rfc?.systemNumber).not.toBe(first.rfc?.systemNumber);
  await second.close();
});

describe('logon', () => {
  test.each([
    ['a wrong password', { passwd: 'wrong' }, 'Name or password is incorrect (repeat logon)'],
    ['an unknown user', { user: 'NOBODY' }, 'Name or password is incorrect (repeat logon)'],
    ['no password', { passwd: '' }, 'Incomplete logon data'],
    ['an unknown SAP client', { client: '200' }, 'Client 200 is not available in this system'],
    ['an unknown language', { lang: 'QQ' }, 'Select one of the installed languages'],
  ])('with %s fails, and leaves no session', async (_what, changes, message) => {
    const system = await start();
    const { error } = await logOn(system, { ...goodLogon, ...changes });
    expect(error).toMatchObject({ code: 2, group: 3, key: 'RFC_LOGON_FAILURE', message });
    expect(await sessionsOf(system)).toMatchObject({ open: 0, opened: 0 });
  });

  test('tells what the connection is', async () => {
    const { ok } = await logOn(await start(), { ...goodLogon, user: 'gangway', lang: 'D' });
    expect(ok?.['attributes']).toMatchObject({ sysId: 'ERP', user: 'GANGWAY', language: 'D', isoLanguage: 'DE' });
  });

  test('wrong passwords of both doors lock the same user', async () => {
    const system = await start();
    for (let attempt = 0; attempt < 3; attempt += 1) await logOn(system, { ...goodLogon, passwd: 'wrong' });
    const wrong = { authorization: basic('GANGWAY', 'wrong') };
    for (let attempt = 0; attempt < 2; attempt += 1) await send(system.url, envelope('RFC_PING', ''), wrong);
    expect((await logOn(system, goodLogon)).error?.message).toContain('User is locked');
  });

  test('an SNC name stands for user and password, with the right partner only', async () => {
    const users = [{ name: 'GANGWAY', password: 'x', sncName: 'p:CN=AGENT' }];
    const system = await start({ users });
    const snc = { client: '100', snc_mode: '1', snc_partnername: 'p:CN=ERP, O=Simulated', snc_myname: 'p:CN=AGENT' };
    expect((await logOn(system, snc)).ok).toBeDefined();
    expect((await logOn(system, { ...snc, snc_myname: 'p:CN=OTHER' })).error?.code).toBe(2);
    expect((await logOn(system, { ...snc, snc_partnername: 'p:CN=EVIL' })).error?.code).toBe(1);
  });

  test('whoever asks before it, or not in this protocol, is hung up on', async () => {
    const system = await start();
    expect(await (await RfcCaller.connect(portOf(system))).exchange({ op: 'ping' })).toBeUndefined();
    const stranger = await RfcCaller.connect(portOf(system));
    expect((await stranger.ask({ op: 'dance' })).error?.key).toBe('RFC_INVALID_PROTOCOL');
    await stranger.closed;
  });
});

describe('descriptions', () => {
  test('name parameters in their order, with lengths in characters or bytes, and each structure once', async () => {
    const session = await openSession(await start());
    const { ok } = await session.ask({ op: 'describe', function: 'RFC_READ_TABLE' });
    const { parameters, structures } = ok as { parameters: { name: string }[]; structures: object };
    expect(parameters[0]).toEqual({
      name: 'QUERY_TABLE',
      type: 'CHAR',
      length: 30,
      decimals: 0,
      direction: 'IMPORT',
      optional: false,
      defaultValue: '',
    });
    expect(parameters.find((it) => it.name === 'DATA')).toMatchObject({ type: 'TABLE', structure: 'TAB512' });
    expect(structures).toMatchObject({
      RFC_DB_FLD: [{ name: 'FIELDNAME' }, { name: 'OFFSET', type: 'NUM' }, {}, {}, {}],
    });
  });

  test('of an unknown function fail without ending the session', async () => {
    const session = await openSession(await start());
    const { error } = await session.ask({ op: 'describe', function: 'Z_NOT_THERE' });
    expect(error).toMatchObject({ code: 5, group: 1, key: 'FU_NOT_FOUND', messageClass: 'FL', messageNumber: '046' });
    expect((await session.ask({ op: 'ping' })).ok).toEqual({});
  });

  test('need the authorization for the functions that read the repository', async () => {
    const system = await start({
      users: [{ name: 'GANGWAY', password: goodLogon['passwd'] ?? '', functions: ['RFC_PING'] }],
    });
    const session = await openSession(system);
    const { error } = await session.ask({ op: 'describe', function: 'RFC_PING' });
    expect(error).toMatchObject({ group: 2, key: 'RFC_NO_AUTHORITY' });
    expect(error?.message).toContain('RFC_GET_FUNCTION_INTERFACE');
  });
});

describe('values', () => {
  test('all tables come back unless the caller skips them', async () => {
    const session = await openSession(await start());
    const all = await session.invoke('BAPI_CUSTOMER_GETLIST');
    expect(Object.keys(all.ok ?? {})).toEqual(expect.arrayContaining(['RETURN', 'IDRANGE', 'ADDRESSDATA']));
    const some = await session.invoke('BAPI_CUSTOMER_GETLIST', {}, ['IDRANGE']);
    expect(Object.keys(some.ok ?? {})).not.toContain('IDRANGE');
  });

  test('a system that is not Unicode keeps Latin-1 and puts # for the rest', async () => {
    const session = await openSession(await start({ data: { _system: { codePage: '1100' } } }));
    const { ok } = await session.invoke('STFC_CONNECTION', { REQUTEXT: 'Café 登録' });
    expect(ok?.['ECHOTEXT']).toBe('Café ##');
  });

  test('what the description does not hold ends the connection', async () => {
    const session = await openSession(await start());
    expect((await session.invoke('STFC_CONNECTION', { REQUTEXT: 'x', NOPE: 'x' })).error?.code).toBe(11);
    await session.closed;
  });
});

describe('a call that fails', () => {
  const message = { class: 'SR', number: '006', text: 'Method = 1', variables: ['Method = 1'] };
  const failing = (answer: object): object => ({ importing: [], answers: [answer] });
  const functions = {
    Z_RAISE: failing({ exception: 'NOT_FOUND' }),
    Z_RAISE_MESSAGE: failing({ exception: 'NOT_FOUND', message: { type: 'E', ...message } }),
    Z_MESSAGE_E: failing({ message: { type: 'E', ...message } }),
    Z_MESSAGE_A: failing({ message: { type: 'A', ...message } }),
    Z_MESSAGE_X: failing({ message: { type: 'X', ...message } }),
    Z_DUMP: failing({ dump: 'TIME_OUT' }),
  };
  const variables = { messageClass: 'SR', messageNumber: '006', variables: ['Method = 1'] };

  test.each([
    ['an exception', 'Z_RAISE', { code: 5, group: 1, key: 'NOT_FOUND', message: ' Number:000' }],
    [
      'an exception with a message',
      'Z_RAISE_MESSAGE',
      { code: 5, group: 1, key: 'NOT_FOUND', message: 'ID:SR Type:E Number:006 Method = 1', ...variables },
    ],
  ])('with %s leaves the session alive', async (_what, name, expected) => {
    const session = await openSession(await start({ data: { _system: { functions } } }));
    expect((await session.invoke(name)).error).toMatchObject(expected);
    expect((await session.ask({ op: 'ping' })).ok).toEqual({});
  });

  test.each([
    ['message E', 'Z_MESSAGE_E', { code: 4, group: 2, key: 'Method = 1', messageType: 'E', ...variables }],
    ['message A', 'Z_MESSAGE_A', { code: 4, group: 2, key: 'Method = 1', messageType: 'A', ...variables }],
    ['message X', 'Z_MESSAGE_X', { code: 4, group: 2, key: 'MESSAGE_TYPE_X', messageType: 'X', ...variables }],
    ['a short dump', 'Z_DUMP', { code: 3, group: 2, key: 'TIME_OUT', message: 'Z_DUMP' }],
  ])('with %s ends the session', async (_what, name, expected) => {
    const system = await start({ data: { _system: { functions } } });
    const session = await openSession(system);
    expect((await session.invoke(name)).error).toMatchObject(expected);
    await session.closed;
    await untilSessions(system, 0);
  });

  test('a user may call only the functions of its role', async () => {
    const functionsOfRole = ['RFC_GET_FUNCTION_INTERFACE', 'DDIF_FIELDINFO_GET', 'RFC_PING'];
    const users = [{ name: 'GANGWAY', password: goodLogon['passwd'] ?? '', functions: functionsOfRole }];
    const session = await openSession(await start({ users }));
    expect((await session.invoke('RFC_PING')).ok).toEqual({});
    const { error } = await session.invoke('STFC_CONNECTION', { REQUTEXT: 'x' });
    expect(error).toMatchObject({ code: 3, group: 2, key: 'RFC_NO_AUTHORITY' });
  });
});
