/** How countries write a street with its house number. */

/** `after`: `Hafenstraße 12`. `before`: `12 Harbour Street`. `comma`: `Calle del Puerto, 12`. */
export type NumberPlace = 'after' | 'before' | 'comma';

/**
 * After the Universal Postal Union's sheets on postal addressing (POST*CODE, `www.upu.int`), as generally known. A country that is
 * not listed numbers by blocks (JP, KR), by districts, or not at all: there the street is one text.
 */
const places: Readonly<Record<NumberPlace, string>> = {
  after: 'AT BA BE BG CH CZ DE DK EE FI GR HR HU IS IT LI LT LV ME MK MX NL NO PL PT RS SE SI SK AR CL CO PE UY EC',
  before: 'AU CA FR GB IE LU MC NZ US ZA IM JE GG MT',
  comma: 'BR ES AD',
};

const placeByCountry: ReadonlyMap<string, NumberPlace> = new Map([
  ...entriesOf('after'),
  ...entriesOf('before'),
  ...entriesOf('comma'),
]);

function entriesOf(place: NumberPlace): [string, NumberPlace][] {
  return places[place].split(' ').map((country) => [country, place]);
}

/** Undefined where street and number cannot be told apart. */
export function numberPlaceOf(country: string): NumberPlace | undefined {
  return placeByCountry.get(country);
}

/** A street ends with none of these: what follows is the number of a box, a floor, a gate. */
const notStreets = new Set(
  (
    'postfach box pobox postbus postboks postbox postilokero bp boîte boite cs apartado casella postale caixa skrytka p.o.box tsa ' +
    'etage stock obergeschoss og halle haus gebäude gebaeude tor rampe eingang block aufgang stiege tür tuer top zimmer raum app app. ' +
    'apartment apt apt. suite ste ste. unit floor level room building bldg bldg. gate dock hall lot km kilometer kilometre kilómetro nr nr. ' +
    'no no. nº n° num numero número piso planta local nave interior int int. scala interno piano lokal m. klatka byt patro dveře ' +
    'verdieping kamer poort gebouw sal lejl. rum våning lgh porras as. as krs kerros route rn rd b a autobahn highway hwy weg-nr'
  ).split(' '),
);

/** Whether a number behind this text may be something else than a house number. */
export function endsOtherwise(street: string): boolean {
  const word = street.slice(street.lastIndexOf(' ') + 1);
  return notStreets.has(word.toLowerCase());
}

/** What a number in front may count, besides houses: `3 étage`, `12 Suite 4`. */
const counted = new Set(
  'floor floors suite unit apt apt. apartment étage etage étages er ème eme e bis ter quater st nd rd th km'.split(' '),
);

/** Whether a number before this text may be something else than a house number. */
export function beginsOtherwise(street: string): boolean {
  const [word = ''] = street.split(' ');
  return counted.has(word.toLowerCase());
}
