/** The JSON of a draft or change, as the package stores it in a request. */
import type { WriteKind } from '../../src/model/index.ts';
import type { OwnedFields } from './org-records.ts';

/** What every new customer has besides the fields that people edit here. */
const salesData = {
  language: 'DE',
  salesArea: { salesOrganization: '1000', distributionChannel: '10', division: '00' },
  companyCode: '1000',
  paymentTerms: 'ZB01',
  currency: 'EUR',
};
const initialCredit = { creditControlArea: '1000', riskClass: '002', limit: { amount: '5000.00', currency: 'EUR' } };

/** `city` is part of the address; every other field is named as in the model. */
export function payloadOf(kind: WriteKind, fields: OwnedFields, wantsCredit: boolean): string {
  const { city, ...rest } = fields;
  if (kind === 'contact.create' || kind === 'contact.change') return JSON.stringify(rest);
  if (kind === 'customer.change') return JSON.stringify(city === undefined ? rest : { ...rest, address: { city } });
  const credit = wantsCredit ? { credit: initialCredit } : {};
  return JSON.stringify({ ...rest, address: { city: city ?? 'Hamburg', country: 'DE' }, ...salesData, ...credit });
}
