/** COND_A: condition records of pricing; those that are prices of materials become price records. */
import type { RecordChange, RecordKey } from '../../../model/index.ts';
import { readFields, rulesOf } from '../field-table.ts';
import { code, currency, customer, date, flag, material, quantity, storedAmount, unit } from '../readers.ts';
import { invalidValue } from '../record.ts';
import { rootsOf } from '../segment-tree.ts';
import type { SegmentNode } from '../segment-tree.ts';
import { changeOf, keyOf } from '../translation.ts';
import type { Translation } from '../translation.ts';
import type { Message } from './message.ts';

/** What the condition is for. */
export const keyRules = rulesOf('E1KOMG', [
  ['KSCHL', 'conditionType', code],
  ['MATNR', 'product', material],
  ['KUNNR', 'customer', customer],
  ['VKORG', 'salesOrganization', code],
  ['VTWEG', 'distributionChannel', code],
  ['SPART', 'division', code],
  ['PLTYP', 'priceList', code],
]);
/** Since when and until when. */
export const validityRules = rulesOf('E1KONH', [
  ['DATAB', 'validFrom', date],
  ['DATBI', 'validTo', date],
]);
/** How much. */
export const priceRules = rulesOf('E1KONP', [
  ['KONWA', 'currency', currency],
  ['KBETR', 'amount', storedAmount],
  ['KPEIN', 'per', quantity],
  ['KMEIN', 'unit', unit],
  ['LOEVM_KO', 'isRemoved', flag],
]);

export const condA: Message = {
  names: ['COND_A'],
  basicTypes: ['COND_A01', 'COND_A02', 'COND_A03', 'COND_A04', 'COND_A05', 'COND_A06', 'COND_A07'],
  isMaster: true,
  root: 'E1KOMG',
  // No price is without them.
  always: [
    ['E1KOMG', 'KSCHL'],
    ['E1KONH', 'DATBI'],
    ['E1KONP', 'KBETR'],
  ],
  segments: ['E1KOMG', 'E1KONH', 'E1KONP'],
  translate: (tree, translation) =>
    rootsOf(tree, 'E1KOMG')
      .filter((condition) => condition.text('MATNR') !== '')
      .flatMap((condition) => condition.all('E1KONH').flatMap((period) => priceOf(condition, period, translation))),
};

/** Key fields of SAP's own tables, where the segment names them one by one; of others VAKEY has all, each in its width. */
const keyFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['304', ['VKORG', 'VTWEG', 'MATNR']],
  ['305', ['VKORG', 'VTWEG', 'KUNNR', 'MATNR']],
]);

/** Sales pricing (`V`); purchasing (`M`) is nobody's here. An amount per quantity (`C`): percentages and the like are no prices. */
function priceOf(condition: SegmentNode, period: SegmentNode, translation: Translation): RecordChange[] {
  const type = condition.text('KSCHL');
  const item = period.all('E1KONP').find((it) => ['', type].includes(it.text('KSCHL')));
  if (item === undefined || !['', 'V'].includes(condition.text('KAPPL')) || !['', 'C'].includes(item.text('KRECH')))
    return [];
  const key = keyOf(
    translation,
    'price',
    type,
    condition.text('KOTABNR'),
    ...variableKey(condition),
    firstDay(period, translation),
  );
  const fields = readFields([condition], keyRules, translation);
  const money = item.text('KONWA');
  // A percentage has this where others have their currency.
  if (money === '%') return [];
  const parents: RecordKey[] = [];
  for (const [path, kind] of [
    ['product', 'product'],
    ['customer', 'customer'],
  ] as const) {
    const number = fields[path];
    if (typeof number !== 'string') continue;
    const parent = keyOf(translation, kind, number);
    fields[path] = parent.id;
    parents.push(parent);
  }
  const price = readFields([period, item], [...validityRules, ...priceRules], {
    ...translation,
    currency: money || null,
  });
  return [changeOf(translation, key, { ...fields, ...price }, { parents })];
}

function variableKey(condition: SegmentNode): readonly string[] {
  const known = keyFields.get(condition.text('KOTABNR'));
  if (known !== undefined && known.every((field) => condition.text(field) !== ''))
    return known.map((field) => condition.text(field));
  const key = condition.text('VAKEY');
  if (key === '') throw invalidValue(condition, 'VAKEY', 'key of the condition record');
  return [key];
}

/** A record's own number (KNUMH) changes when its validity is split; its first day is what it is known by. */
function firstDay(period: SegmentNode, translation: Translation): string {
  const day = date.read(period, 'DATAB', translation);
  if (typeof day !== 'string') throw invalidValue(period, 'DATAB', 'first day');
  return day.replaceAll('-', '');
}
