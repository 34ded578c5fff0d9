/** What is asked of each path in the bench. */
import { SignJWT, importPKCS8 } from 'jose';
import type { LoadTarget } from './load.ts';
import { audience, orgText } from './roles/keys.ts';
import type { BenchKeys } from './roles/keys.ts';

let customer = 0;
/** Another customer each time, over all paths and rounds. */
function nextCustomer(): string {
  customer = (customer + 1) % 9_000_000;
  return String(1_000_000 + customer);
}

/** Credit of ever new customers through Gangway, with a token as Salesforce sends it. */
export async function gangwayTarget(url: string, keys: BenchKeys): Promise<LoadTarget> {
  return {
    url,
    headers: { authorization: `Bearer ${await signToken(keys)}` },
    next: () => ({ path: `/v1/customers/${nextCustomer()}/credit?system=ERPCLNT100`, method: 'GET' }),
  };
}

/** The same path without checks. */
export function jsonRelayTarget(url: string): LoadTarget {
  return {
    url,
    headers: {},
    next: () => ({ path: `/v1/customers/${nextCustomer()}/credit?system=ERPCLNT100`, method: 'GET' }),
  };
}

/** The SOAP call itself, through the reverse proxy. */
export function soapTarget(url: string): LoadTarget {
  return {
    url,
    headers: {
      authorization: `Basic ${Buffer.from('GANGWAY:Gangway-Sim-1').toString('base64')}`,
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '""',
    },
    next: () => ({
      path: '/sap/bc/soap/rfc?sap-client=100&sap-language=EN',
      method: 'POST',
      body: envelope(nextCustomer()),
    }),
  };
}

function envelope(number: string): string {
  const tables = ['ET_ACCOUNT', 'ET_SHARED', 'ET_RECEIVABLE', 'ET_TERMS', 'ET_BLOCK', 'ET_RETURN'];
  return (
    '<?xml version="1.0" encoding="utf-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:urn="urn:sap-com:document:sap:rfc:functions"><soapenv:Body><urn:Z_GANGWAY_CREDIT_READ>' +
    `<I_KUNNR>${number.padStart(10, '0')}</I_KUNNR>${tables.map((table) => `<${table}/>`).join('')}` +
    '</urn:Z_GANGWAY_CREDIT_READ></soapenv:Body></soapenv:Envelope>'
  );
}

async function signToken(keys: BenchKeys): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const key = await importPKCS8(keys.org.privateKey, 'RS256');
  return new SignJWT({ iss: orgText, aud: audience, sub: 'rep@example.com', iat: now, nbf: now, exp: now + 300 })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(key);
}
