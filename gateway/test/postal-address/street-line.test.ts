/** Streets with house numbers of many countries go from one line to parts and back, and never lose a character. */
import { describe, expect, test } from '@jest/globals';
import { joinStreet, splitStreet } from '../../src/postal-address/index.ts';
import { seeded } from '../sap/fakes/seeded.ts';
import type { Seeded } from '../sap/fakes/seeded.ts';

const certain: readonly (readonly [country: string, line: string, street: string, houseNumber: string])[] = [
  ['DE', 'Hafenstraße 12', 'Hafenstraße', '12'],
  ['DE', 'Am Alten Markt 12 a', 'Am Alten Markt', '12 a'],
  ['DE', 'Ladestraße 12-14', 'Ladestraße', '12-14'],
  ['AT', 'Mariahilfer Straße 5/3/12', 'Mariahilfer Straße', '5/3/12'],
  ['CH', 'Seestrasse 8b', 'Seestrasse', '8b'],
  ['FR', '45 bis Rue des Écluses', 'Rue des Écluses', '45 bis'],
  ['BE', 'Rue de la Loi 16', 'Rue de la Loi', '16'],
  ['NL', 'Waalhaven 210', 'Waalhaven', '210'],
  ['LU', '2 Avenue de la Gare', 'Avenue de la Gare', '2'],
  ['IT', 'Via Giuseppe Verdi 12', 'Via Giuseppe Verdi', '12'],
  ['ES', 'Calle del Puerto, 12', 'Calle del Puerto', '12'],
  ['PT', 'Rua das Flores 19', 'Rua das Flores', '19'],
  ['GB', '12A Quayside', 'Quayside', '12A'],
  ['IE', '7 Harbour Road', 'Harbour Road', '7'],
  ['US', '901 5th Avenue', '5th Avenue', '901'],
  ['US', '901 N Main Street', 'N Main Street', '901'],
  ['CA', '300 Front Street West', 'Front Street West', '300'],
  ['AU', '5/12 Dock Street', 'Dock Street', '5/12'],
  ['NZ', '12 Quay Street', 'Quay Street', '12'],
  ['SE', 'Hamngatan 22', 'Hamngatan', '22'],
  ['NO', 'Strandgata 3B', 'Strandgata', '3B'],
  ['DK', 'Havnegade 12 B', 'Havnegade', '12 B'],
  ['FI', 'Satamakatu 4', 'Satamakatu', '4'],
  ['PL', 'ul. Portowa 10/4', 'ul. Portowa', '10/4'],
  ['CZ', 'Nádražní 1234/5', 'Nádražní', '1234/5'],
  ['BR', 'Avenida Paulista, 1578', 'Avenida Paulista', '1578'],
  ['MX', 'Avenida Reforma 222', 'Avenida Reforma', '222'],
];

test.each(certain)('%s: "%s" is "%s" and "%s"', (country, line, street, houseNumber) => {
  expect(splitStreet(line, country)).toEqual({ street, houseNumber });
  expect(joinStreet({ street, houseNumber }, country)).toBe(line);
});

const uncertain: readonly (readonly [country: string, line: string])[] = [
  ['DE', 'Straße des 17. Juni 135'],
  ['DE', 'C 4, 12'],
  ['DE', 'Postfach 1234'],
  ['DE', 'Werk Nord Tor 3'],
  ['DE', 'Hafenstraße  12'],
  ['DE', 'Hafenstraße 12 '],
  ['DE', 'Speicher 5\nHafenstraße 12'],
  ['DE', 'Hafenstraße'],
  ['DE', '12'],
  ['DE', ''],
  ['FR', '1 er étage'],
  ['FR', '45, Rue des Écluses'],
  ['FR', 'Rue des Écluses 45'],
  ['ES', 'Calle del Puerto 12'],
  ['GB', 'Unit 5 Quayside'],
  ['GB', '12 1/2 Quayside'],
  ['US', 'PO Box 123'],
  ['US', 'Grain Exchange Blvd 901'],
  ['US', '12 Suite 4'],
  ['JP', 'Chuo-dori 3-14'],
  ['KW', 'Shuwaikh Port Road 77'],
  ['XX', 'Any Street 12'],
  ['', 'Any Street 12'],
  ['SE', 'Box 12'],
  ['PL', 'skrytka pocztowa nr 12'],
  ['DE', 'Hafenstraße 12345678-12a'],
  // Longer than SAP's field.
  ['DE', 'Ladestraße 12345-12345'],
  // Blanks at the ends would be lost in SAP's parts.
  ['DE', ' Hafenstraße 12'],
  ['GB', '12 Quay Street '],
];

test.each(uncertain)('%s: "%s" is not split, because it may mean something else', (country, line) => {
  expect(splitStreet(line, country)).toEqual({ street: line, houseNumber: '' });
});

const countries = 'AT AU BE BR CA CH CZ DE DK ES FI FR GB HU IE IT LU MX NL NO NZ PL PT SE SK US'.split(' ');
const words = [
  'Hafen',
  'straße',
  'Rue',
  'des',
  'Écluses',
  'Main',
  'Street',
  'náměstí',
  'O’Connell',
  'Saint-Jean',
  'Ørsted',
];

function street(chance: Seeded): string {
  const count = 1 + chance.below(3);
  const parts = Array.from({ length: count }, () => chance.pick(words));
  // A street has a word that is one beyond doubt.
  return [chance.pick(['Hafenweg', 'Quay', 'Puerto', 'Nordkaj']), ...parts].join(' ');
}

const houseNumber = (chance: Seeded): string => {
  const plain = String(1 + chance.below(1999));
  return plain + chance.pick(['', '', 'a', 'B', `-${chance.below(99)}`, `/${chance.below(99)}`]);
};

describe.each(countries)('addresses of %s', (country) => {
  test('SAP to Salesforce and back: parts are the same parts', () => {
    const chance = seeded(4711);
    for (let round = 0; round < 400; round += 1) {
      const parts = { street: street(chance), houseNumber: chance.below(6) === 0 ? '' : houseNumber(chance) };
      const line = joinStreet(parts, country);
      expect({ line, ...splitStreet(line, country) }).toEqual({ line, ...parts });
    }
  });

  test('Salesforce to SAP and back: whatever somebody typed is there again', () => {
    const chance = seeded(815);
    const pieces = [
      ...words,
      '12',
      '12a',
      '7',
      ',',
      ', ',
      ' ',
      '  ',
      '\n',
      '1/2',
      'bis',
      'Postfach',
      'No.',
      '°',
      '(',
      '東京',
      '-',
      '12-14',
    ];
    for (let round = 0; round < 1_000; round += 1) {
      const line = Array.from({ length: chance.below(7) }, () => chance.pick(pieces)).join(chance.pick(['', ' ']));
      const parts = splitStreet(line, country);
      expect(joinStreet(parts, country)).toBe(line);
      expect(parts.houseNumber.length).toBeLessThanOrEqual(10);
    }
  });
});
