/** Systems without Unicode: a letter they do not have is refused before anything is sent, over both ways to SAP. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { customerDraft, serviceName } from '../../../src/model/index.ts';
import type { GatewayError } from '../../../src/errors/index.ts';
import type { AbapParameters, SapConnection } from '../../../src/ports/index.ts';
import { characterSetOf } from '../../../src/sap/drivers/character-sets.ts';
import { keepInCodePage } from '../../../src/sap/drivers/code-page-guard.ts';
import * as sap from '../../contracts/sap-place.ts';
import { describeRfc, failureOf, shipped, soon, startServices, writeOf } from '../services/services-under-test.ts';
import type { ServicesUnderTest } from '../services/services-under-test.ts';

describe('character sets', () => {
  test.each([
    ['1100', 'Straße Ærøskøbing Ñandú ÿ', 'ŁŐ€“–'],
    ['1401', 'Łódź Őr Škoda Žďár', 'ñøЖ€'],
    ['1500', 'Жуков Україна', 'Łü'],
    ['1610', 'Şişli İğdır Çağ', 'ýŁ'],
    ['1700', 'Αθήνα Ώρα', 'üЖ'],
    ['1800', 'תל אביב', 'üΑ'],
  ])('of code page %s: %s is kept, %s is not', (codePage, kept, lost) => {
    const set = characterSetOf(codePage);
    expect([...kept].filter((letter) => set?.has(letter) !== true)).toEqual([]);
    expect([...lost].filter((letter) => set?.has(letter) !== false)).toEqual([]);
  });

  test.each(['4102', '4103', '4110', '8000', '6100', '0120', '', 'constructor'])(
    'nothing is refused where it is Unicode or not certain: %j',
    (codePage) => expect(characterSetOf(codePage)).toBeUndefined(),
  );
});

/** A SAP that says its code page and keeps what it is sent. */
class Teller implements SapConnection {
  readonly capabilities = { statefulSession: true } as const;
  readonly sent: string[] = [];
  codePage: string;
  constructor(codePage: string) {
    this.codePage = codePage;
  }

  async call(functionName: string, parameters: AbapParameters): Promise<AbapParameters> {
    this.sent.push(functionName);
    return functionName === 'RFC_SYSTEM_INFO' ? { RFCSI_EXPORT: { RFCCHARTYP: this.codePage } } : parameters;
  }

  inOneSession<T>(work: (session: SapConnection) => Promise<T>): Promise<T> {
    return work(this);
  }

  async close(): Promise<void> {
    this.sent.push('close');
  }
}

describe('what is asked of SAP', () => {
  const write = (connection: SapConnection, ...names: string[]) =>
    connection.call('Z_WRITE', { IT_NAMES: names.map((NAME1) => ({ NAME1 })) }, sap.writing());

  test('nothing for reads, and for writes in ASCII, which every set has', async () => {
    const teller = new Teller('1100');
    const connection = keepInCodePage(teller);
    await connection.call('Z_READ', { I_NAME: 'Łódź' }, sap.reading());
    await write(connection, 'Zephyr', '\u007f');
    expect(teller.sent).toEqual(['Z_READ', 'Z_WRITE']);
  });

  test('its code page once, for as long as all is kept', async () => {
    const teller = new Teller('1100');
    const connection = keepInCodePage(teller);
    for (const name of ['Müller', 'Añejo']) await write(connection, name);
    expect(teller.sent).toEqual(['RFC_SYSTEM_INFO', 'Z_WRITE', 'Z_WRITE']);
  });

  test('anew before a refusal: a system that was converted to Unicode takes everything at once', async () => {
    const teller = new Teller('1100');
    const connection = keepInCodePage(teller);
    await write(connection, 'Müller');
    expect(await sap.codeOf(write(connection, 'Łódź'))).toBe('SAP_VALUE_NOT_IN_CODE_PAGE');
    teller.codePage = '4103';
    await write(connection, 'Łódź');
    expect(teller.sent).toEqual(['RFC_SYSTEM_INFO', 'Z_WRITE', 'RFC_SYSTEM_INFO', 'RFC_SYSTEM_INFO', 'Z_WRITE']);
  });

  test('in the session itself, and every field and letter is named once', async () => {
    const teller = new Teller('1100');
    const connection = keepInCodePage(teller);
    const parameters = { I_A: 'ŁŁódź €', IS_B: { CITY: 'Ужгород 😀', NAME: 'Müller' } };
    const error = await failureOf(
      connection.inOneSession((session) => session.call('Z_WRITE', parameters, sap.writing())),
    );
    expect(error.context).toEqual({ field: 'I_A', letters: 'Ł ź €', characterSet: 'ISO 8859-1' });
    expect(error.issues.map(({ path }) => path)).toEqual(['I_A', 'IS_B.CITY']);
    expect(error.issues[1]?.message).toContain('У ж г о р and others');
    expect(teller.sent).toEqual(['RFC_SYSTEM_INFO']);
  });

  test('and where it does not say it, nothing is refused', async () => {
    const teller = new Teller('');
    await write(keepInCodePage(teller), 'Łódź');
    await write(keepInCodePage(teller), 'Łódź');
    expect(teller.sent.filter((name) => name === 'Z_WRITE')).toHaveLength(2);
  });
});

for (const driver of ['soap', 'node-rfc'] as const) {
  const describeIt = driver === 'soap' ? describe : describeRfc;
  describeIt(`writes over ${driver} into a system that keeps Latin-1`, () => {
    let it: ServicesUnderTest | undefined;
    afterEach(() => it?.close());
    const start = async (): Promise<ServicesUnderTest> =>
      (it = await startServices(driver, { data: { _system: { codePage: '1100' } } }));
    const draft = (name: string, city: string) =>
      customerDraft.parse({
        name,
        address: { street: 'Am Kai', houseNumber: '7', postalCode: '20457', city, country: 'DE' },
        language: 'DE',
        salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
        companyCode: '1000',
        paymentTerms: 'ZB30',
        currency: 'EUR',
      });
    const made = async (begin: string): Promise<number> => {
      const answer = await fetch(`${it?.simulator.url ?? ''}/simulator/tables/KNA1`);
      const { rows } = (await answer.json()) as { rows: { NAME1: string }[] };
      return rows.filter(({ NAME1 }) => NAME1.startsWith(begin)).length;
    };

    test('a customer whose name it cannot keep is not created, and the person reads which letters of which field', async () => {
      const { sap: opened } = await start();
      const error: GatewayError = await failureOf(
        opened.system.createCustomer(writeOf('code-page-1'), draft('Łukasz Świątek', 'Łódź'), soon()),
      );
      expect(error).toMatchObject({ code: 'SAP_VALUE_NOT_IN_CODE_PAGE', disposition: 'reject' });
      expect(error.context).toMatchObject({ field: 'name', letters: 'Ł Ś ą' });
      expect(error.issues.map(({ path }) => path)).toContain('address.city');
      expect(await made('#ukasz')).toBe(0);
    });

    test('a customer whose name it can keep is', async () => {
      const { sap: opened } = await start();
      const written = await opened.system.createCustomer(writeOf('code-page-2'), draft('Größe Ñ', 'Köln'), soon());
      expect((await opened.system.readCustomer(written.customerNumber, soon())).name).toBe('Größe Ñ');
    });
  });
}

describeRfc('a published service in a system that keeps Latin-1', () => {
  test('refuses in the words of its own inputs, before the change', async () => {
    const it = await startServices('node-rfc', { data: { _system: { codePage: '1100' } } });
    it.put('CreateSAPCustomer.yaml', shipped('CreateSAPCustomer'));
    const service = serviceName.parse('CreateSAPCustomer');
    const published = it.sap.services.find(service);
    expect(published).toBeDefined();
    const inputs = it.sap.services.checkInputs(service, {
      name: 'Łukasz',
      street: 'Größe',
      postalCode: '20457',
      city: 'Łódź',
      country: 'DE',
      language: 'DE',
      currency: 'EUR',
      referenceCustomer: '104711',
      salesOrganization: '1000',
      distributionChannel: '10',
      division: '00',
    });
    const error = await failureOf(it.sap.services.write(writeOf('code-page-3'), service, inputs, soon()));
    expect(error).toMatchObject({ code: 'SAP_VALUE_NOT_IN_CODE_PAGE', context: { field: 'name', letters: 'Ł' } });
    expect(error.issues.map(({ path }) => path)).toEqual(['name', 'city']);
    const { functions } = await sap.countCalls(it.simulator);
    expect(functions['BAPI_CUSTOMER_CREATEFROMDATA1']).toBeUndefined();
    await it.close();
  });
});
