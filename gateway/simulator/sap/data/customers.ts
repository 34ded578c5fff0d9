/** The customers of the shipped system. */
import { companies } from './customizing.ts';
import type { Company, DataRow } from './wishes.ts';

export interface CustomerWish {
  readonly number: string;
  readonly name: string;
  readonly street: string;
  readonly house: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
  readonly language: string;
  readonly phone: string;
  readonly vat: string;
  readonly company: Company;
  readonly terms: string;
  readonly risk: string;
  /** In the smallest unit; no credit master when absent. */
  readonly limit?: number;
  readonly creditAccount?: string;
  readonly shipTo?: string;
  readonly payer?: string;
  readonly general?: DataRow;
  readonly companyCode?: DataRow;
  readonly area?: DataRow;
  readonly credit?: DataRow;
  /** A second sales area (web shop), with what is special there. */
  readonly webArea?: DataRow;
}

/** The shipped customers, by what makes each of them worth looking at. */
// One a line, or nobody sees what tells them apart.
// prettier-ignore
export const customers: readonly CustomerWish[] = [
  { number: '0000104711', name: 'Nordwind Logistik GmbH', street: 'Hafenstraße', house: '12', postalCode: '20457', city: 'Hamburg', country: 'DE', language: 'D', phone: '+49 40 555010', vat: 'DE811204711', company: companies.germany, terms: 'ZB30', risk: '002', limit: 16_000_000, shipTo: '0000104724', webArea: {} },
  { number: '0000104712', name: 'Alpenglas AG', street: 'Seestrasse', house: '8', postalCode: '8002', city: 'Zürich', country: 'CH', language: 'D', phone: '+41 44 555020', vat: 'CHE104712004', company: companies.switzerland, terms: 'ZB30', risk: '001', limit: 1_200_000 },
  { number: '0000104713', name: 'Brasserie Lumière SA', street: 'Rue des Écluses', house: '45', postalCode: '75010', city: 'Paris', country: 'FR', language: 'F', phone: '+33 1 55501030', vat: 'FR40104713000', company: companies.germany, terms: 'ZB45', risk: '002', limit: 1_500_000 },
  { number: '0000104714', name: 'Sakura Seimitsu KK', street: 'Chuo-dori', house: '3-14', postalCode: '104-0061', city: 'Tokyo', country: 'JP', language: 'J', phone: '+81 3 55501040', vat: '', company: companies.japan, terms: 'ZB60', risk: '001', limit: 1_500_000 },
  { number: '0000104715', name: 'Gulf Marine Supplies WLL', street: 'Shuwaikh Port Road', house: '77', postalCode: '70654', city: 'Kuwait City', country: 'KW', language: 'E', phone: '+965 22255015', vat: '', company: companies.gulf, terms: 'ZB30', risk: '002', limit: 2_500_000 },
  { number: '0000104716', name: 'Prairie Tools Inc', street: 'Grain Exchange Blvd', house: '901', postalCode: '67202', city: 'Wichita', country: 'US', language: 'E', phone: '+1 316 5550160', vat: '', company: companies.america, terms: 'ZB30', risk: '003', limit: 700_000, general: { AUFSD: '02', REGIO: 'KS' } },
  { number: '0000104717', name: 'Tulip Pumps BV', street: 'Waalhaven', house: '210', postalCode: '3089 JH', city: 'Rotterdam', country: 'NL', language: 'N', phone: '+31 10 5550170', vat: 'NL104717000B01', company: companies.germany, terms: 'ZB14', risk: '003', limit: 450_000, credit: { CRBLB: 'X' } },
  { number: '0000104718', name: 'Ocean Freight Ltd', street: 'Quayside', house: '5', postalCode: 'SO14 3GG', city: 'Southampton', country: 'GB', language: 'E', phone: '+44 23 55501800', vat: 'GB104718000', company: companies.britain, terms: 'ZB30', risk: '001', limit: 2_000_000, area: { LIFSD: '04' }, webArea: {} },
  { number: '0000104719', name: 'Café do Porto Lda', street: 'Rua das Flores', house: '19', postalCode: '4050-262', city: 'Porto', country: 'PT', language: 'P', phone: '+351 22 5550190', vat: 'PT510471900', company: companies.germany, terms: 'ZB30', risk: '002', limit: 600_000, general: { FAKSD: '02' } },
  { number: '0000104720', name: 'Hansa Werft Holding AG', street: 'Werftallee', house: '1', postalCode: '28217', city: 'Bremen', country: 'DE', language: 'D', phone: '+49 421 555200', vat: 'DE811204720', company: companies.germany, terms: 'ZB30', risk: '001', limit: 5_000_000 },
  { number: '0000104721', name: 'Hansa Werft Süd GmbH', street: 'Industriestraße', house: '33', postalCode: '68169', city: 'Mannheim', country: 'DE', language: 'D', phone: '+49 621 555210', vat: 'DE811204721', company: companies.germany, terms: 'ZB30', risk: '001', limit: 0, creditAccount: '0000104720', payer: '0000104720' },
  { number: '0000104722', name: 'Svea Verktyg AB', street: 'Hamngatan', house: '22', postalCode: '411 06', city: 'Göteborg', country: 'SE', language: 'V', phone: '+46 31 5550220', vat: 'SE104722000001', company: companies.sweden, terms: 'ZB30', risk: '001', limit: 30_000_000 },
  { number: '0000104723', name: 'Altmark Stahl GmbH', street: 'Bahnhofstraße', house: '101', postalCode: '39576', city: 'Stendal', country: 'DE', language: 'D', phone: '+49 3931 555230', vat: 'DE811204723', company: companies.germany, terms: 'ZB14', risk: '003', limit: 500_000, general: { LOEVM: 'X', SPERR: 'X' }, companyCode: { SPERR: 'X', LOEVM: 'X' }, area: { LOEVM: 'X', CASSD: 'X' } },
  { number: '0000104724', name: 'Nordwind Lager Bremen', street: 'Senator-Borttscheller-Straße', house: '4', postalCode: '27568', city: 'Bremerhaven', country: 'DE', language: 'D', phone: '+49 471 555240', vat: '', company: companies.germany, terms: 'ZB30', risk: '', general: { KTOKD: '0002' } },
  { number: 'WEB4711', name: 'Webshop Berlin', street: 'Torstraße', house: '140', postalCode: '10119', city: 'Berlin', country: 'DE', language: 'D', phone: '+49 30 5554711', vat: '', company: companies.germany, terms: '0001', risk: '002', limit: 100_000 },
];
