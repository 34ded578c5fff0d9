/** Events for open pages: who may listen, what comes, from where on. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { SalesforceSimulator } from '../../../simulator/salesforce/index.ts';
import { app, callRest, logOn } from './rest-caller.ts';
import { people, startTestOrg } from './test-org.ts';

const event = 'SAP_Request_Ready__e';
const message = z.object({
  channel: z.string(),
  data: z.object({ payload: z.record(z.string(), z.unknown()), event: z.object({ replayId: z.number() }) }),
});

let org: SalesforceSimulator;
let token: string;
const open: AbortController[] = [];
beforeEach(async () => {
  org = await startTestOrg({ connectedApps: [app] });
  token = await logOn(org);
});
afterEach(async () => {
  open.splice(0).forEach((one) => one.abort());
  await org.close();
});

async function subscribe(who: string, query = '') {
  const user = org.org.users.find(({ username }) => username.startsWith(`${who}@`));
  const controller = new AbortController();
  open.push(controller);
  const answer = await fetch(`${org.url}/api/page/events/${event}${query}`, {
    headers: { cookie: `gangway_user=${user?.id ?? ''}` },
    signal: controller.signal,
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async () => {
    for (;;) {
      const line = /^data: (.*)$/m.exec(text);
      if (line !== null) {
        text = text.slice(line.index + line[0].length);
        return message.parse(JSON.parse(line[1] ?? ''));
      }
      text += (await reader?.read())?.value ?? '';
    }
  };
  return { status: answer.status, next, close: () => controller.abort() };
}
const publish = (system: string) =>
  callRest(org, token, 'POST', `/services/data/v67.0/sobjects/${event}`, { System__c: system });

test('a page hears what is published by REST, and what it has missed', async () => {
  const page = await subscribe(people.integration);
  expect((await publish('ERPCLNT100')).status).toBe(201);
  const first = await page.next();
  expect(first).toMatchObject({ channel: `/event/${event}`, data: { payload: { System__c: 'ERPCLNT100' } } });
  await publish('ERPCLNT200');
  const later = await subscribe(people.integration, `?replayId=${first.data.event.replayId}`);
  expect((await later.next()).data.payload).toMatchObject({ System__c: 'ERPCLNT200' });
});

test('a page that goes is not sent anything any more', async () => {
  const page = await subscribe(people.integration);
  expect(org.bus.pages).toBe(1);
  page.close();
  while (org.bus.pages > 0) await new Promise((resolve) => setImmediate(resolve));
  await publish('ERPCLNT100');
  expect(org.bus.delivered).toBe(0);
});

test('nobody listens without access to the event', async () => {
  expect((await subscribe(people.stranger)).status).toBe(403);
});
