/** Z_GANGWAY_CUSTOMER_CREATE: one customer per key, committed together with the key. */
import { toSapLanguage } from '../system/language.ts';
import { insertCustomer, taxCategories } from './customer-rows.ts';
import type { FunctionCall } from './function-call.ts';
import { checkCreateTables, partnerRows, taxRows } from './gangway-create-tables.ts';
import { claimKey, commitWithKey } from './gangway-keys.ts';
import { companyCodeExists, companyCodeOf, isInCheckTable, regionExists, salesAreaExists } from './organization.ts';

const required: readonly (readonly [string, string])[] = [
  ['IS_GENERAL', 'KTOKD'],
  ['IS_GENERAL', 'NAME1'],
  ['IS_GENERAL', 'ORT01'],
  ['IS_GENERAL', 'LAND1'],
  ['IS_GENERAL', 'SPRAS_ISO'],
  ['IS_COMPANY', 'BUKRS'],
  ['IS_SALES', 'VKORG'],
  ['IS_SALES', 'VTWEG'],
  ['IS_SALES', 'SPART'],
  ['IS_SALES', 'WAERS'],
];

/** Reports what is missing; true when nothing is. */
function checkRequired(call: FunctionCall): boolean {
  const missing = required.filter(([parameter, field]) => (call.structure(parameter)[field] ?? '') === '');
  for (const [parameter, field] of missing) {
    call.return(call.message('E', 'ZGANGWAY', '004', field), 'ET_RETURN', { parameter, field });
  }
  return missing.length === 0;
}

interface Check {
  readonly parameter: string;
  readonly field: string;
  readonly what: string;
  readonly shown?: string;
  readonly holds: boolean;
}

function checksOf(call: FunctionCall): readonly Check[] {
  const { KTOKD = '', LAND1 = '', SPRAS_ISO = '', REGIO = '' } = call.structure('IS_GENERAL');
  const { BUKRS = '', ZTERM: companyTerms = '' } = call.structure('IS_COMPANY');
  const { VKORG = '', VTWEG = '', SPART = '', WAERS = '', ZTERM = '' } = call.structure('IS_SALES');
  const isListed = (table: string, field: string, value: string): boolean =>
    value === '' || isInCheckTable(call, table, field, value);
  return [
    { parameter: 'IS_GENERAL', field: 'KTOKD', what: 'KTOKD', shown: KTOKD, holds: isListed('T077D', 'KTOKD', KTOKD) },
    {
      parameter: 'IS_GENERAL',
      field: 'SPRAS_ISO',
      what: 'SPRAS_ISO',
      shown: SPRAS_ISO,
      holds: toSapLanguage(SPRAS_ISO) !== undefined,
    },
    { parameter: 'IS_GENERAL', field: 'LAND1', what: 'LAND1', shown: LAND1, holds: isListed('T005', 'LAND1', LAND1) },
    { parameter: 'IS_GENERAL', field: 'REGIO', what: 'REGIO', shown: REGIO, holds: regionExists(call, LAND1, REGIO) },
    { parameter: 'IS_COMPANY', field: 'BUKRS', what: 'BUKRS', shown: BUKRS, holds: companyCodeExists(call, BUKRS) },
    {
      parameter: 'IS_COMPANY',
      field: 'ZTERM',
      what: 'ZTERM',
      shown: companyTerms,
      holds: isListed('T052', 'ZTERM', companyTerms),
    },
    {
      parameter: 'IS_SALES',
      field: 'VKORG',
      what: 'VKORG/VTWEG/SPART',
      shown: `${VKORG}/${VTWEG}/${SPART}`,
      holds: salesAreaExists(call, { VKORG, VTWEG, SPART }),
    },
    { parameter: 'IS_SALES', field: 'WAERS', what: 'WAERS', shown: WAERS, holds: isListed('TCURC', 'WAERS', WAERS) },
    { parameter: 'IS_SALES', field: 'ZTERM', what: 'ZTERM', shown: ZTERM, holds: isListed('T052', 'ZTERM', ZTERM) },
  ];
}

/** Reports values that customizing does not know; true when there are none. */
function checkValues(call: FunctionCall): boolean {
  const failed = checksOf(call).filter((it) => !it.holds);
  for (const { parameter, field, what, shown = '' } of failed) {
    call.return(call.message('E', 'ZGANGWAY', '005', what, shown), 'ET_RETURN', { parameter, field });
  }
  return failed.length === 0;
}

/** Before everything else, as the pack does it. */
function mayCreate(call: FunctionCall): boolean {
  const { KTOKD = '' } = call.structure('IS_GENERAL');
  const { BUKRS = '' } = call.structure('IS_COMPANY');
  const { VKORG = '', VTWEG = '', SPART = '' } = call.structure('IS_SALES');
  return (
    call.hasAuthority('F_KNA1_APP', '01') &&
    call.hasAuthority('F_KNA1_GRP', KTOKD) &&
    call.hasAuthority('F_KNA1_BUK', BUKRS) &&
    call.hasAuthority('V_KNA1_VKO', `${VKORG}/${VTWEG}/${SPART}`)
  );
}

/** Taxes go by the country that goods leave from: plants are not in the data, so it is that of the company code. */
function departureCountry(call: FunctionCall, salesOrganization: string, ownCountry: string): string {
  return call.get('T001', { BUKRS: companyCodeOf(call, salesOrganization) })?.LAND1 ?? ownCountry;
}

/** Draws the number last, so that data SAP refuses costs none. */
function drawNumber(call: FunctionCall): string | undefined {
  const group = call.structure('IS_GENERAL').KTOKD ?? '';
  const interval = call.system.numberRanges.intervalOf(group);
  const drawn = call.system.numberRanges.drawCustomerNumber(interval);
  if ('number' in drawn) return drawn.number;
  if (drawn.refusal === 'external') call.return(call.message('E', 'F2', '246', group), 'ET_RETURN');
  else
    call.return(call.message('E', 'NR', drawn.refusal === 'used-up' ? '751' : '752', 'DEBITOR', interval), 'ET_RETURN');
  return undefined;
}

/** Z_GANGWAY_CUSTOMER_CREATE. */
export async function createGangwayCustomer(call: FunctionCall): Promise<void> {
  if (!mayCreate(call)) return;
  const claim = await claimKey(call, 'C');
  if (claim.state === 'refused') return;
  if (claim.state === 'repeated') {
    const number = claim.row.KUNNR ?? '';
    call.set('E_KUNNR', number);
    call.set('E_REPEATED', 'X');
    return call.return(call.message('S', 'ZGANGWAY', '001', number), 'ET_RETURN');
  }
  // What is wrong with the fields and with the tables is said at once.
  const areFieldsGood = checkRequired(call) && checkValues(call);
  if (!checkCreateTables(call) || !areFieldsGood) return;
  if (call.value('I_TESTRUN') === 'X') return;
  const number = drawNumber(call);
  if (number === undefined) return;
  const [general, company, sales] = [
    call.structure('IS_GENERAL'),
    call.structure('IS_COMPANY'),
    call.structure('IS_SALES'),
  ];
  const partners = partnerRows(call, number);
  const country = departureCountry(call, sales.VKORG ?? '', general.LAND1 ?? '');
  const taxes = taxRows(call, country, taxCategories(call, country));
  insertCustomer(call, { number, general, company, sales, partners, taxes });
  if (!(await commitWithKey(call, { customer: number, operation: 'C' }))) return;
  call.set('E_KUNNR', number);
  call.return(call.message('S', 'ZGANGWAY', '001', number), 'ET_RETURN');
}
