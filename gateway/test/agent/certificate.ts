/** A self-signed certificate of any validity, for tests of what is said about it. */
import { generateKeyPairSync, sign } from 'node:crypto';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** PEM text; DER is written by hand, because Node reads certificates and makes none. */
export function certificatePem(from: Date, to: Date): string {
  const algorithm = der(0x30, Buffer.from([0x06, 0x03, 0x2b, 0x65, 0x70]));
  const commonName = der(0x30, der(0x06, Buffer.from([0x55, 0x04, 0x03])), der(0x0c, Buffer.from('gangway test')));
  const name = der(0x30, der(0x31, commonName));
  const validity = der(0x30, time(from), time(to));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const serial = der(0x02, Buffer.from([1]));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const body = der(0x30, version, serial, algorithm, name, validity, name, key);
  const signature = der(0x03, Buffer.from([0]), sign(null, body, privateKey));
  const text = der(0x30, body, algorithm, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
}

function time(date: Date): Buffer {
  // GeneralizedTime: `YYYYMMDDHHMMSSZ`.
  return der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
