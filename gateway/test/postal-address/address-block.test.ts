/** Whole addresses keep every part between SAP and Salesforce. */
import { describe, expect, test } from '@jest/globals';
import { sapRegionOf, stateCodeOf, toBlock, toParts } from '../../src/postal-address/index.ts';
import type { SapAddress } from '../../src/postal-address/index.ts';
import { seeded } from '../sap/fakes/seeded.ts';

const bremen: SapAddress = {
  street: 'Senator-Borttscheller-Straße',
  houseNumber: '4',
  postalCode: '27568',
  city: 'Bremerhaven',
  district: 'Überseehafen',
  poBox: '10 12 34',
  region: '04',
  country: 'DE',
};

test('an address of SAP is a block with the street in one line and the state by its ISO code', () => {
  expect(toBlock(bremen)).toEqual({
    street: 'Senator-Borttscheller-Straße 4',
    city: 'Bremerhaven',
    stateCode: 'HB',
    postalCode: '27568',
    countryCode: 'DE',
    district: 'Überseehafen',
    poBox: '10 12 34',
  });
});

describe('regions', () => {
  test.each([
    ['DE', '01', 'SH'],
    ['DE', '09', 'BY'],
    ['DE', '16', 'TH'],
    ['ES', '08', 'B'],
    ['ES', '28', 'M'],
    ['ES', '52', 'ML'],
  ])('%s: SAP has %s where ISO 3166-2 has %s', (country, region, code) => {
    expect(stateCodeOf(region, country)).toBe(code);
    expect(sapRegionOf(code, country)).toBe(region);
  });

  test.each([
    ['US', 'KS'],
    ['CA', 'ON'],
    ['AU', 'NSW'],
    ['JP', '13'],
    ['DE', '17'],
    ['AT', 'W'],
    ['XX', '01'],
  ])('%s: %s stays as it is', (country, region) => {
    expect(stateCodeOf(region, country)).toBe(region);
    expect(sapRegionOf(region, country)).toBe(region);
  });

  test('every key of a country has a code of its own', () => {
    for (const [country, count] of [
      ['DE', 16],
      ['ES', 52],
    ] as const) {
      const keys = Array.from({ length: count }, (_none, index) => String(index + 1).padStart(2, '0'));
      const codes = keys.map((key) => stateCodeOf(key, country));
      expect(new Set(codes).size).toBe(count);
      expect(codes.map((code) => sapRegionOf(code, country))).toEqual(keys);
    }
  });
});

/** Postal codes, cities and regions as these countries write them. */
const places: Readonly<Record<string, readonly [postalCode: string, city: string, region: string]>> = {
  AT: ['1060', 'Wien', ''],
  AU: ['2000', 'Sydney', 'NSW'],
  BE: ['1000', 'Bruxelles', ''],
  BR: ['01310-200', 'São Paulo', 'SP'],
  CA: ['M5V 2T6', 'Toronto', 'ON'],
  CH: ['8002', 'Zürich', 'ZH'],
  CZ: ['110 00', 'Praha 1', ''],
  DE: ['20457', 'Hamburg', '02'],
  DK: ['1058', 'København K', ''],
  ES: ['08039', 'Barcelona', '08'],
  FI: ['00140', 'Helsinki', ''],
  FR: ['75010', 'Paris CEDEX 10', '75'],
  GB: ['SO14 3GG', 'Southampton', ''],
  IE: ['D02 AF30', 'Dublin 2', 'D'],
  IT: ['20121', 'Milano', 'MI'],
  JP: ['104-0061', '東京都中央区', '13'],
  KW: ['70654', 'Kuwait City', ''],
  LU: ['L-1616', 'Luxembourg', ''],
  MX: ['06600', 'Ciudad de México', 'CMX'],
  NL: ['3089 JH', 'Rotterdam', ''],
  NO: ['5004', 'Bergen', ''],
  PL: ['31-001', 'Kraków', ''],
  PT: ['4050-262', 'Porto', ''],
  SE: ['411 06', 'Göteborg', ''],
  US: ['67202-1234', 'Wichita', 'KS'],
};

test.each(Object.entries(places))('addresses of %s come back from Salesforce as SAP has them', (country, place) => {
  const chance = seeded(place[0].length);
  const [postalCode, city, region] = place;
  const hasNumber = !['JP', 'KW'].includes(country);
  for (let round = 0; round < 200; round += 1) {
    const address: SapAddress = {
      street: chance.pick(['Nordkaj', 'Rue du Port', 'Hafenweg', '銀座四丁目', 'Calle Mayor']),
      houseNumber: hasNumber ? chance.pick(['', '1', '12a', '12-14', '1999']) : '',
      ...{ postalCode, city, region, country },
      district: chance.pick(['', 'Altstadt']),
      poBox: chance.pick(['', '1234']),
    };
    const isPlain = address.street !== '銀座四丁目' || country === 'JP';
    if (isPlain) expect(toParts(toBlock(address))).toEqual(address);
  }
});

test('a block with several lines comes back from SAP as it was', () => {
  const block = {
    street: 'Nordwind Logistik\nSpeicher 5\nHafenstraße 12',
    ...{ city: 'Hamburg', stateCode: 'HH', postalCode: '20457', countryCode: 'DE', district: '', poBox: '' },
  };
  expect(toParts(block)).toMatchObject({ street: block.street, houseNumber: '' });
  expect(toBlock(toParts(block))).toEqual(block);
});
