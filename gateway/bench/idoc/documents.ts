/** Documents of any size, made while they are read: the IDocs of a template again and again, each with a number of its own. */
import type { IdocExpectations } from '../../src/sap/idoc/index.ts';
import type { Form, Template } from './templates.ts';

export const expected: IdocExpectations = { client: '100', senders: new Set(['ERPCLNT100']) };
/** What a socket or a file stream gives at once. */
const chunkBytes = 65_536;

/** A document of about `bytes`, in chunks. */
export function* documentOf(form: Form, { root, idocs }: Template, bytes: number): Generator<Buffer, void, undefined> {
  let held: string[] = form === 'xml' ? [`<?xml version="1.0" encoding="utf-8"?><${root}>`] : [];
  let heldLength = 0;
  for (let sent = 0, docnum = 1; sent < bytes; docnum += 1) {
    const idoc = idocs[docnum % idocs.length]?.join(String(docnum).padStart(16, '0')) ?? '';
    held.push(idoc);
    heldLength += idoc.length;
    sent += idoc.length;
    if (heldLength < chunkBytes) continue;
    yield Buffer.from(held.join(''));
    held = [];
    heldLength = 0;
  }
  if (form === 'xml') held.push(`</${root}>`);
  yield Buffer.from(held.join(''));
}
