/** Customizing of the shipped system: organization, terms, texts. */
import type { SalesWorld } from './sales-world.ts';
import type { Company } from './wishes.ts';

/** Company codes; sales organization and credit control area have the same key. */
export const companies = {
  germany: { key: '1000', name: 'Gangway Handel GmbH', country: 'DE', currency: 'EUR', taxPercent: 19 },
  america: { key: '2000', name: 'Gangway Trade Inc', country: 'US', currency: 'USD', taxPercent: 0 },
  japan: { key: '3000', name: 'Gangway Japan KK', country: 'JP', currency: 'JPY', taxPercent: 10 },
  britain: { key: '4000', name: 'Gangway UK Ltd', country: 'GB', currency: 'GBP', taxPercent: 20 },
  switzerland: { key: '5000', name: 'Gangway Schweiz AG', country: 'CH', currency: 'CHF', taxPercent: 8 },
  sweden: { key: '6000', name: 'Gangway Sverige AB', country: 'SE', currency: 'SEK', taxPercent: 25 },
  gulf: { key: '7000', name: 'Gangway Gulf WLL', country: 'KW', currency: 'KWD', taxPercent: 0 },
} as const satisfies Record<string, Company>;

type Bilingual = Readonly<Record<string, readonly [english: string, german: string]>>;

function addTexts(
  world: SalesWorld,
  table: string,
  key: string,
  field: string,
  texts: Bilingual,
  more: Record<string, string> = {},
): void {
  for (const [value, [english, german]] of Object.entries(texts)) {
    world.add(table, { SPRAS: 'E', [key]: value, [field]: english, ...more });
    world.add(table, { SPRAS: 'D', [key]: value, [field]: german, ...more });
  }
}

const terms: Readonly<Record<string, readonly [days: number, english: string, german: string]>> = {
  '0001': [0, 'Payable immediately without deduction', 'Zahlbar sofort ohne Abzug'],
  ZB14: [14, '14 days net', '14 Tage netto'],
  ZB30: [30, '30 days net', '30 Tage netto'],
  ZB45: [45, '45 days net', '45 Tage netto'],
  ZB60: [60, '60 days net', '60 Tage netto'],
};

function addTerms(world: SalesWorld): void {
  for (const [ZTERM, [days, english, german]] of Object.entries(terms)) {
    world.add('T052', { ZTERM, ZTAGG: '00', ZDART: 'D', ZTAG1: String(days) });
    world.add('T052U', { SPRAS: 'E', ZTERM, ZTAGG: '00', TEXT1: english });
    world.add('T052U', { SPRAS: 'D', ZTERM, ZTAGG: '00', TEXT1: german });
  }
}

function addBlockTexts(world: SalesWorld): void {
  addTexts(world, 'TVAST', 'AUFSP', 'VTEXT', {
    '01': ['All order types', 'Alle Auftragsarten'],
    '02': ['Payment behaviour', 'Zahlungsverhalten'],
  });
  addTexts(world, 'TVLST', 'LIFSP', 'VTEXT', {
    '01': ['Credit limit', 'Kreditlimit'],
    '02': ['Political reasons', 'Politische Gründe'],
    '03': ['Bottleneck material', 'Engpaßmaterial'],
    '04': ['No export papers', 'Exportpapiere fehlen'],
  });
  addTexts(world, 'TVFST', 'FAKSP', 'VTEXT', {
    '01': ['Calculation missing', 'Kalkulation fehlt'],
    '02': ['Check payment terms', 'Zahlungsbed. prüfen'],
    '08': ['Check credit memo', 'Gutschrift prüfen'],
  });
}

function addCreditTexts(world: SalesWorld, company: Company): void {
  world.add('T014', { KKBER: company.key, WAERS: company.currency });
  addTexts(world, 'T014T', 'KKBER', 'KKBTX', {
    [company.key]: [`Credit area ${company.name}`, `Kreditbereich ${company.name}`],
  });
  for (const CTLPC of ['001', '002', '003']) world.add('T691A', { CTLPC, KKBER: company.key });
  const texts: Bilingual = {
    '001': ['Low risk', 'Niedriges Risiko'],
    '002': ['Medium risk', 'Mittleres Risiko'],
    '003': ['High risk', 'Hohes Risiko'],
  };
  addTexts(world, 'T691B', 'CTLPC', 'RTEXT', texts, { KKBER: company.key });
}

function addCompany(world: SalesWorld, company: Company): void {
  const { key, name, country, currency } = company;
  world.add('T001', { BUKRS: key, BUTXT: name, LAND1: country, WAERS: currency, KKBER: key });
  world.add('TVKO', { VKORG: key, WAERS: currency, BUKRS: key });
  addTexts(world, 'TVKOT', 'VKORG', 'VTEXT', { [key]: [name.slice(0, 20), name.slice(0, 20)] });
  for (const VTWEG of ['10', '20']) for (const SPART of ['00', '01']) world.add('TVTA', { VKORG: key, VTWEG, SPART });
  addCreditTexts(world, company);
}

function addCountries(world: SalesWorld): void {
  const countries: Readonly<Record<string, readonly [currency: string, language: string]>> = {
    AT: ['EUR', 'D'],
    BE: ['EUR', 'N'],
    CH: ['CHF', 'D'],
    CZ: ['CZK', 'C'],
    DE: ['EUR', 'D'],
    DK: ['DKK', 'K'],
    ES: ['EUR', 'S'],
    FI: ['EUR', 'U'],
    FR: ['EUR', 'F'],
    GB: ['GBP', 'E'],
    IE: ['EUR', 'E'],
    IT: ['EUR', 'I'],
    JP: ['JPY', 'J'],
    KW: ['KWD', 'A'],
    LU: ['EUR', 'F'],
    NL: ['EUR', 'N'],
    NO: ['NOK', 'O'],
    PL: ['PLN', 'L'],
    PT: ['EUR', 'P'],
    SE: ['SEK', 'V'],
    US: ['USD', 'E'],
  };
  for (const [LAND1, [WAERS, SPRAS]] of Object.entries(countries))
    world.add('T005', { LAND1, INTCA: LAND1, LANDK: LAND1, WAERS, SPRAS });
  for (const WAERS of ['EUR', 'CHF', 'GBP', 'USD', 'JPY', 'KWD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK'])
    world.add('TCURC', { WAERS, ISOCD: WAERS });
  world.add('TCURX', { CURRKEY: 'JPY', CURRDEC: '0' });
  world.add('TCURX', { CURRKEY: 'KWD', CURRDEC: '3' });
}

/** Internal keys are German abbreviations wherever a system was installed from; ISO codes are everybody's. */
function addUnits(world: SalesWorld): void {
  const units: Readonly<Record<string, string>> = { ST: 'PCE', KAR: 'CT', KG: 'KGM', M: 'MTR', L: 'LTR', PAL: 'PF' };
  for (const [MSEHI, ISOCODE] of Object.entries(units)) world.add('T006', { MSEHI, ISOCODE, DECAN: '0', ANDEC: '0' });
}

function addNumberRanges(world: SalesWorld): void {
  const groups: Readonly<Record<string, string>> = {
    '0001': '01',
    '0002': '01',
    '0003': '01',
    '0004': '01',
    KUNA: '01',
    DEBI: 'XX',
  };
  for (const [KTOKD, NUMKR] of Object.entries(groups)) world.add('T077D', { KTOKD, NUMKR });
  const pad = (value: string): string => value.padStart(20, '0');
  world.add('NRIV', {
    OBJECT: 'DEBITOR',
    NRRANGENR: '01',
    TOYEAR: '0000',
    FROMNUMBER: pad('104000'),
    TONUMBER: pad('199999'),
    NRLEVEL: pad('104730'),
  });
  world.add('NRIV', {
    OBJECT: 'DEBITOR',
    NRRANGENR: 'XX',
    TOYEAR: '0000',
    FROMNUMBER: 'A'.padEnd(20, ' '),
    TONUMBER: 'ZZZZZZZZZZ',
    EXTERNIND: 'X',
  });
}

/** Adds everything that is not master or transaction data. */
export function addCustomizing(world: SalesWorld): void {
  Object.values(companies).forEach((company) => addCompany(world, company));
  addTerms(world);
  addBlockTexts(world);
  addCountries(world);
  addUnits(world);
  addNumberRanges(world);
  addTexts(world, 'TVTWT', 'VTWEG', 'VTEXT', {
    '10': ['Direct sales', 'Direktverkauf'],
    '20': ['Web shop', 'Webshop'],
  });
  addTexts(world, 'TSPAT', 'SPART', 'VTEXT', {
    '00': ['Cross-division', 'Spartenübergreifend'],
    '01': ['Spare parts', 'Ersatzteile'],
  });
  addTexts(world, 'TVAKT', 'AUART', 'BEZEI', {
    TA: ['Standard order', 'Terminauftrag'],
    SO: ['Rush order', 'Sofortauftrag'],
    AG: ['Quotation', 'Angebot'],
  });
  addTexts(world, 'TVAGT', 'ABGRU', 'BEZEI', {
    '10': ['Delivery date too late', 'Liefertermin zu spät'],
    '50': ['Cancelled by the customer', 'Vom Kunden storniert'],
  });
  addTexts(world, 'TVFKT', 'FKART', 'VTEXT', {
    F2: ['Invoice', 'Rechnung'],
    G2: ['Credit memo', 'Gutschrift'],
    S1: ['Invoice cancellation', 'Storno Rechnung'],
  });
  addTexts(world, 'TPART', 'PARVW', 'VTEXT', {
    AG: ['Sold-to party', 'Auftraggeber'],
    WE: ['Ship-to party', 'Warenempfänger'],
    RE: ['Bill-to party', 'Rechnungsempfänger'],
    RG: ['Payer', 'Regulierer'],
  });
}
