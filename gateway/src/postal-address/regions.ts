/** Regions: SAP's keys where they differ from those of ISO 3166-2, which Salesforce's state codes follow. */

/** In the order of the official keys of the German states, 01 to 16, which SAP delivers (T005S). */
const germany = 'SH HH NI HB NW HE RP BW BY SL BE BB MV SN ST TH';
/** In the order of the provinces' official numbers, 01 to 52, which SAP delivers (T005S). */
const spain =
  'VI AB A AL AV BA PM B BU CC CA CS CR CO C CU GI GR GU SS H HU J LE L LO LU M MA MU NA OR O P GC PO SA TF S SG SE SO T TE TO V VA BI ZA Z CE ML';

/** General knowledge of what SAP delivers. Regions of all other countries are the same, or not known: they stay as they are. */
const stateCodes: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['DE', numbered(germany)],
  ['ES', numbered(spain)],
]);
const sapRegions = new Map([...stateCodes].map(([country, codes]) => [country, turned(codes)] as const));

function numbered(codes: string): ReadonlyMap<string, string> {
  return new Map(codes.split(' ').map((code, index) => [String(index + 1).padStart(2, '0'), code]));
}

function turned(codes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...codes].map(([region, code]) => [code, region]));
}

/** SAP's region as a state code; one that is not known stays as it is. */
export function stateCodeOf(region: string, country: string): string {
  return stateCodes.get(country)?.get(region) ?? region;
}

/** A state code as SAP's region; one that is not known stays as it is. */
export function sapRegionOf(stateCode: string, country: string): string {
  return sapRegions.get(country)?.get(stateCode) ?? stateCode;
}
