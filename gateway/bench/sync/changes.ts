/** Changes as SAP sends them: customers, their sales areas, orders with items, each a document of its own. */
import { createHash } from 'node:crypto';
import { orderOf } from '../../src/model/index.ts';
import type { ArrivedDocument, RecordChange, RecordFields, RecordKey, RecordKind } from '../../src/model/index.ts';
import { system } from './place.ts';

const key = (kind: RecordKind, id: string): RecordKey => ({ system, kind, id });

interface Made {
  readonly of: RecordKey;
  readonly fields: RecordFields;
  readonly parents: readonly RecordKey[];
}

const customerId = (number: number): string => String(number).padStart(10, '0');

/** A change of one of four kinds in turn; each number is another record. */
function made(number: number): Made {
  const customer = key('customer', customerId(Math.floor(number / 4) + 1));
  const order = key('order', customerId(Math.floor(number / 4) + 5_000_000));
  const kinds: readonly Made[] = [
    { of: customer, fields: { number: customer.id, name: `Messung ${number}`, vatNumber: `DE${number}` }, parents: [] },
    {
      of: key('sales-area', `${customer.id}/1000/10/00`),
      fields: { customer: customer.id, salesOrganization: '1000', paymentTerms: 'ZB30', currency: 'EUR' },
      parents: [customer],
    },
    {
      of: order,
      fields: { customer: customer.id, number: order.id, net: '1234.50', currency: 'EUR' },
      parents: [customer],
    },
    {
      of: key('order-item', `${order.id}/000010`),
      fields: { order: order.id, item: '10', quantity: '5', unit: 'ST', net: '1234.50', currency: 'EUR' },
      parents: [order],
    },
  ];
  const [first] = kinds;
  const found = kinds[number % kinds.length] ?? first;
  if (found === undefined) throw new Error('No kind is left');
  return found;
}

let serial = 0;

/** The document of the record with this number. */
export function nextDocument(number: number): ArrivedDocument {
  serial += 1;
  const { of, fields, parents } = made(number);
  const createdAt = new Date().toISOString();
  const idoc = String(serial).padStart(16, '0');
  const change: RecordChange = {
    ...{ key: of, facet: 'master', order: orderOf(createdAt, idoc), fields, isRemoved: false, parents: [...parents] },
  };
  const source = { kind: 'idoc', sender: system, number: idoc, type: 'DEBMAS', createdAt } as const;
  return { source, contentHash: createHash('sha256').update(idoc).digest('hex'), changes: [change] };
}
