/** An ECC system behind a scripted connection: what it answers, with and without the ABAP pack. */
import { customerNumber, sapSystemId } from '../../../src/model/index.ts';
import { GatewayError } from '../../../src/errors/index.ts';
import type { ErrorCode } from '../../../src/errors/index.ts';
import type { SoapSettings } from '../../../src/sap/index.ts';
import type { Script } from './scripted-connection.ts';

export const settings: SoapSettings = {
  system: sapSystemId.parse('ERPCLNT100'),
  driver: 'soap',
  url: 'http://127.0.0.1:1',
  sapClient: '100',
  language: 'EN',
  user: 'U',
  password: () => 'p',
  timeZone: 'Europe/Berlin',
  maxConnections: 2,
  companyCodes: ['1000'],
  accountGroup: '0001',
};
export const one = customerNumber.parse('4711');
/** Fails with this code. */
export const refused = (code: ErrorCode) => (): GatewayError => new GatewayError(code);
/** A system without the pack. */
export const standard: Script = {
  BAPI_CUSTOMER_GETDETAIL2: () => ({
    CUSTOMERADDRESS: { NAME: 'Nordwind' },
    CUSTOMERGENERALDETAIL: {},
    CUSTOMERCOMPANYDETAIL: {},
  }),
  BAPI_AR_ACC_GETOPENITEMS: () => ({ LINEITEMS: [] }),
  BAPI_CR_ACC_GETDETAIL: () => ({ RETURN: { TYPE: 'E', ID: 'F5', NUMBER: '001' } }),
  DDIF_FIELDINFO_GET: () => ({ DFIES_TAB: [] }),
};
/** The same with a pack of version 1.0.0. */
export const pack: Script = {
  ...standard,
  Z_GANGWAY_VERSION: () => ({ E_VERSION: '1.0.0' }),
  Z_GANGWAY_CREDIT_READ: () => ({ E_NAME: 'Nordwind' }),
};
