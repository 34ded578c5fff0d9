/** A whole address: in SAP's parts, and as the block that Salesforce has for it. */
import { sapRegionOf, stateCodeOf } from './regions.ts';
import { joinStreet, splitStreet } from './street-line.ts';

/** As SAP keeps it; what there is none of is empty. */
export interface SapAddress {
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
  readonly city: string;
  readonly district: string;
  readonly poBox: string;
  readonly region: string;
  readonly country: string;
}

/** As Salesforce keeps it. The block has no place for district and box: they travel beside it. */
export interface AddressBlock {
  /** One line or several, with line breaks. */
  readonly street: string;
  readonly city: string;
  readonly stateCode: string;
  readonly postalCode: string;
  readonly countryCode: string;
  readonly district: string;
  readonly poBox: string;
}

/** SAP's parts as a block. */
export function toBlock(address: SapAddress): AddressBlock {
  const { city, district, poBox, postalCode, region, country } = address;
  return {
    street: joinStreet(address, country),
    city,
    stateCode: stateCodeOf(region, country),
    postalCode,
    countryCode: country,
    district,
    poBox,
  };
}

/** A block in SAP's parts; a street of several lines stays one text, because no line of it is surely the street. */
export function toParts(block: AddressBlock): SapAddress {
  const { street, city, stateCode, postalCode, countryCode, district, poBox } = block;
  return {
    ...splitStreet(street, countryCode),
    postalCode,
    city,
    district,
    poBox,
    region: sapRegionOf(stateCode, countryCode),
    country: countryCode,
  };
}
