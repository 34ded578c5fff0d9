/** Customers of the shipped system, as rows of their master tables. */
import { curr } from './sales-world.ts';
import type { SalesWorld } from './sales-world.ts';
import type { DataRow, Party } from './wishes.ts';
import type { CustomerWish } from './customers.ts';

/** How the sales world sees a customer. */
export function toParty(wish: CustomerWish, channel = '10'): Party {
  const { number, country, company, terms } = wish;
  return {
    number,
    country,
    company,
    terms,
    channel,
    division: '00',
    creditAccount: wish.creditAccount ?? number,
    shipTo: wish.shipTo ?? number,
    payer: wish.payer ?? number,
  };
}

const created = { days: -900 };

function addGeneral(world: SalesWorld, wish: CustomerWish, address: string): void {
  const { number, name, street, house, postalCode, city, country, language, phone } = wish;
  const short = { MCOD1: name.toUpperCase().slice(0, 25), MCOD3: city.toUpperCase().slice(0, 25) };
  world.add('KNA1', {
    KUNNR: number,
    LAND1: country,
    NAME1: name,
    ORT01: city,
    PSTLZ: postalCode,
    STRAS: `${street} ${house}`,
    SPRAS: language,
    TELF1: phone.slice(0, 16),
    SORTL: name.toUpperCase().slice(0, 10),
    ...short,
    ADRNR: address,
    KTOKD: number.startsWith('0') ? 'KUNA' : 'DEBI',
    STCEG: wish.vat,
    ERDAT: created,
    ERNAM: 'MEYER',
    ...wish.general,
  });
  world.add('ADRC', {
    ADDRNUMBER: address,
    NAME1: name,
    CITY1: city,
    POST_CODE1: postalCode,
    STREET: street,
    HOUSE_NUM1: house,
    COUNTRY: country,
    LANGU: language,
    TEL_NUMBER: phone,
    SORT1: name.toUpperCase().slice(0, 20),
    MC_NAME1: short.MCOD1,
    MC_CITY1: short.MCOD3,
    MC_STREET: street.toUpperCase().slice(0, 25),
  });
  world.add('KNVI', { KUNNR: number, ALAND: country, TATYP: 'MWST', TAXKD: '1' });
}

function addSalesArea(world: SalesWorld, wish: CustomerWish, channel: string, special: DataRow): void {
  const { number, company, terms } = wish;
  const area = { KUNNR: number, VKORG: company.key, VTWEG: channel, SPART: '00' };
  world.add('KNVV', {
    ...area,
    WAERS: company.currency,
    ZTERM: terms,
    KDGRP: '01',
    KONDA: '01',
    INCO1: 'DAP',
    INCO2: wish.city,
    VSBED: '01',
    KTGRD: '01',
    KKBER: company.key,
    ...special,
  });
  const partners = { AG: number, RE: wish.payer ?? number, RG: wish.payer ?? number };
  for (const [PARVW, KUNN2] of Object.entries(partners)) world.add('KNVP', { ...area, PARVW, PARZA: '000', KUNN2 });
  world.add('KNVP', { ...area, PARVW: 'WE', PARZA: '000', KUNN2: number });
  if (wish.shipTo !== undefined)
    world.add('KNVP', { ...area, PARVW: 'WE', PARZA: '001', KUNN2: wish.shipTo, DEFPA: 'X' });
}

/** Adds the master data of a customer, all but its credit master (that needs the documents first). */
export function addCustomer(world: SalesWorld, wish: CustomerWish, index: number): void {
  addGeneral(world, wish, String(9000 + index).padStart(10, '0'));
  world.add('KNB1', {
    KUNNR: wish.number,
    BUKRS: wish.company.key,
    AKONT: '0000140000',
    ZTERM: wish.terms,
    ERDAT: created,
    ...wish.companyCode,
  });
  addSalesArea(world, wish, '10', wish.area ?? {});
  if (wish.webArea !== undefined) addSalesArea(world, wish, '20', wish.webArea);
}

/** Adds KNKA, KNKK, S066 and S067 so that they agree with all documents added before. */
export function addCredit(world: SalesWorld, wish: CustomerWish): void {
  if (wish.limit === undefined) return;
  const { number, company } = wish;
  const account = wish.creditAccount ?? number;
  const isOwner = account === number;
  const exposure = world.exposure(company.key, number);
  world.add('KNKA', { KUNNR: number, KLIMG: curr(wish.limit), KLIME: curr(wish.limit), WAERS: company.currency });
  world.add('KNKK', {
    KUNNR: number,
    KKBER: company.key,
    KLIMK: curr(isOwner ? wish.limit : 0),
    KNKLI: account,
    SKFOR: curr(exposure.receivables),
    SSOBL: curr(exposure.special),
    SAUFT: curr(exposure.orders + exposure.deliveries + exposure.billing),
    CTLPC: wish.risk,
    ERDAT: created,
    ERNAM: 'MEYER',
    NXTRV: { days: 120 },
    ...wish.credit,
  });
  if (!isOwner) return;
  if (exposure.orders !== 0)
    world.add('S066', { KKBER: company.key, KNKLI: number, SPMON: { days: 0 }, OEIKW: curr(exposure.orders) });
  if (exposure.deliveries + exposure.billing !== 0) {
    world.add('S067', {
      KKBER: company.key,
      KNKLI: number,
      SPMON: { days: 0 },
      OLIKW: curr(exposure.deliveries),
      OFAKW: curr(exposure.billing),
    });
  }
}
