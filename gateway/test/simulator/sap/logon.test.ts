/** Logon, service authorization and the pages of the ICM. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startSapSimulator } from '../../../simulator/sap/start.ts';
import type { SapSimulator, SapSimulatorOptions } from '../../../simulator/sap/start.ts';
import { basic, call, control, envelope, fault, goodLogon, send } from './soap-caller.ts';

let sap: SapSimulator | undefined;
afterEach(async () => {
  await sap?.close();
  sap = undefined;
});

async function start(options: SapSimulatorOptions = {}): Promise<string> {
  sap = await startSapSimulator({ data: {}, ...options });
  return sap.url;
}

const ping = envelope('RFC_PING', '');

describe('logon', () => {
  test.each([
    ['no credentials', { authorization: undefined }],
    ['a wrong password', { authorization: basic('GANGWAY', 'wrong') }],
    ['an unknown user', { authorization: basic('NOBODY', 'Gangway-Sim-1') }],
    ['a token', { authorization: 'Bearer abc' }],
    ['an unknown SAP client', { client: '200' }],
    ['an unknown language', { language: 'QQ' }],
  ])('%s gets an HTML page and a challenge', async (_what, options) => {
    const answer = await send(await start(), ping, options);
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['www-authenticate']).toBe('Basic realm="SAP NetWeaver Application Server [ERP/100]"');
  });

  test('user names do not depend on case, passwords do', async () => {
    const url = await start();
    expect((await send(url, ping, { authorization: basic('gangway', 'Gangway-Sim-1') })).status).toBe(200);
    expect((await send(url, ping, { authorization: basic('GANGWAY', 'gangway-sim-1') })).status).toBe(401);
  });

  test('five wrong passwords lock the user until somebody unlocks it', async () => {
    const url = await start();
    for (let attempt = 0; attempt < 5; attempt += 1)
      await send(url, ping, { authorization: basic('GANGWAY', 'wrong') });
    expect((await send(url, ping, { authorization: goodLogon })).status).toBe(401);
    await control(url, 'POST', 'unlock', { user: 'GANGWAY' });
    expect((await send(url, ping, { authorization: goodLogon })).status).toBe(200);
  });

  test('four wrong passwords and a right one start counting anew', async () => {
    const url = await start();
    for (let round = 0; round < 2; round += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1)
        await send(url, ping, { authorization: basic('GANGWAY', 'wrong') });
      expect((await send(url, ping)).status).toBe(200);
    }
  });

  test('a locked user stays out with the right password', async () => {
    const url = await start({ users: [{ name: 'GANGWAY', password: 'Gangway-Sim-1', isLocked: true }] });
    expect((await send(url, ping)).status).toBe(401);
  });
});

describe('authorization', () => {
  test('a user without the service gets 403', async () => {
    const url = await start({ users: [{ name: 'GANGWAY', password: 'Gangway-Sim-1', mayUseService: false }] });
    expect((await send(url, ping)).status).toBe(403);
  });

  test('a user may call only the functions of its role', async () => {
    const url = await start({
      users: [{ name: 'GANGWAY', password: 'Gangway-Sim-1', functions: ['RFC_PING', 'Z_GANGWAY_*'] }],
    });
    await call(url, 'RFC_PING', '');
    await call(url, 'Z_GANGWAY_VERSION', '');
    expect(await fault(url, 'STFC_CONNECTION', '<REQUTEXT>a</REQUTEXT>')).toMatchObject({
      status: 500,
      name: 'RFC_NO_AUTHORITY',
    });
  });

  test('without the pack its functions and structures do not exist', async () => {
    const url = await start({ pack: false });
    expect((await fault(url, 'Z_GANGWAY_VERSION', '')).name).toBe('FU_NOT_FOUND');
    expect((await fault(url, 'DDIF_FIELDINFO_GET', '<TABNAME>ZGANGWAY_S_ACCOUNT</TABNAME>')).name).toBe('NOT_FOUND');
  });
});

describe('the ICM', () => {
  test('another path is 404, another method 405, another content type 415', async () => {
    const url = await start();
    expect((await send(url, ping, { path: '/sap/bc/soap/rfcx' })).status).toBe(404);
    expect((await send(url, ping, { method: 'GET' })).status).toBe(405);
    expect((await send(url, ping, { contentType: 'application/json' })).status).toBe(415);
    expect((await send(url, ping, { contentType: 'text/xml; charset=iso-8859-1' })).status).toBe(415);
  });
});
