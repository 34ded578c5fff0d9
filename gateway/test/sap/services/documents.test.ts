/** What Salesforce imports of shipped files and of every function that the simulated SAP has, each as it is drafted. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { publishedService } from '../../../src/model/index.ts';
import type { PublishedService } from '../../../src/model/index.ts';
import { writeAnnouncement } from '../../../src/protocol/index.ts';
import { servicesDocument } from '../../../src/relay/index.ts';
import { problemsForSalesforce } from '../../relay/salesforce-limits.ts';
import { shippedFiles, soon, startServices } from './services-under-test.ts';
import type { ServicesUnderTest } from './services-under-test.ts';

const definitions = new URL('../../../simulator/sap/metadata/functions.json', import.meta.url);
const functions = Object.keys(JSON.parse(readFileSync(definitions, 'utf8')) as object);
const validator = new Validator();

let it: ServicesUnderTest;
beforeAll(async () => {
  it = await startServices('soap');
});
afterAll(() => it.close());

const documentOf = (services: readonly PublishedService[]): Record<string, unknown> => {
  const listed = services.map((service) => ({ system: it.sap.system.system, service }));
  const made = servicesDocument(listed, { url: 'https://relay.example.com', systems: [it.sap.system.system] });
  return JSON.parse(JSON.stringify(made)) as Record<string, unknown>;
};

async function expectImportable(services: readonly PublishedService[]): Promise<void> {
  const document = documentOf(services);
  expect(problemsForSalesforce(document)).toEqual([]);
  expect((await validator.validate(structuredClone(document))).errors ?? []).toEqual([]);
  expect(Object.keys({ ...Object(document['paths']) })).toHaveLength(services.length);
}

test('every shipped file becomes an action', async () => {
  await expectImportable([...shippedFiles().values()].map((text) => it.bench.describeServiceFile(text)));
});

test('so does every function as it is drafted, whatever its size; agents can announce each', async () => {
  const drafted: PublishedService[] = [];
  for (const name of functions) {
    const service = it.bench.describeServiceFile(await it.bench.draftService(name, soon()));
    // As it travels from agent to relay.
    expect(publishedService.parse(JSON.parse(JSON.stringify(service)))).toEqual(service);
    expect(writeAnnouncement({ system: it.sap.system.system, services: [service] }).left).toEqual([]);
    drafted.push(service);
  }
  expect(drafted.length).toBeGreaterThan(35);
  await expectImportable(drafted);
}, 60_000);

test('the same files make the same document, so that an import shows no difference', async () => {
  const make = async (): Promise<string> => {
    const texts = [await it.bench.draftService('BAPI_SALESORDER_SIMULATE', soon()), ...shippedFiles().values()];
    return JSON.stringify(documentOf(texts.map((text) => it.bench.describeServiceFile(text))));
  };
  expect(await make()).toBe(await make());
});
