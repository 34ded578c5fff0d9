/** Prices of SAP that are for everybody go into the price book that the rule names (PriceBookPrices). */
import type { Row } from '../../org/check-record.ts';
import { SalesforceError } from '../../org/errors.ts';
import type { Org } from '../../org/org.ts';
import type { Transaction } from '../../org/transaction.ts';
import type { Labels } from '../problem.ts';
import { arrivalRule } from './arrival-rule.ts';
import type { ArrivalRule } from './arrival-rule.ts';

/** After a price was saved; what the price book refuses refuses the price. */
export function pricesFollow(
  org: Org,
  labels: Labels,
  transaction: Transaction,
  price: Row,
  before: Row | undefined,
): void {
  const rule = arrivalRule(org, org.named('SAP_Price__c'));
  if (rule.priceBook === null) return;
  const book = org.store
    .rows('Pricebook2')
    .find((row) => row['Name'] === rule.priceBook || row['Id'] === rule.priceBook);
  const products = new Set([price, before].map((row) => row?.[org.named('Product__c')] ?? null));
  for (const product of products) {
    if (typeof product !== 'string') continue;
    if (book === undefined)
      throw new SalesforceError(
        'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        labels('Arrival_No_Price_Book').replace('{0}', rule.priceBook),
      );
    applyPrices(org, transaction, rule, String(book['Id']), product);
  }
}

/** The valid price of each currency; of several the one that began last. */
function validPrices(org: Org, { conditionTypes }: ArrivalRule, product: string): Map<string, number> {
  const today = new Date(org.now()).toISOString().slice(0, 10);
  const value = (row: Row, name: string): unknown => row[org.named(name)] ?? null;
  const prices = [...org.prices.of(product).behind(null)]
    .map((id) => org.store.find(org.named('SAP_Price__c'), id))
    .filter((row) => row !== undefined)
    .filter((row) => value(row, 'Account__c') === null && value(row, 'Price_List_Type__c') === null)
    .filter((row) => conditionTypes.has(String(value(row, 'Condition_Type__c')).toUpperCase()))
    .filter((row) => value(row, 'SAP_Removed__c') !== true && value(row, 'Amount__c') !== null)
    .filter(
      (row) =>
        String(value(row, 'Valid_From__c') ?? '') <= today && String(value(row, 'Valid_To__c') ?? today) >= today,
    )
    .sort((a, b) => newestLast(org, a, b));
  return new Map(
    prices.map((row) => {
      const per = Number(value(row, 'Per__c') ?? 1) || 1;
      return [String(value(row, 'Currency_Code__c')), Math.round((Number(value(row, 'Amount__c')) / per) * 100) / 100];
    }),
  );
}

/** The newest comes last and counts; of the same day the one with the smaller key. */
function newestLast(org: Org, a: Row, b: Row): number {
  const [from, key] = [org.named('Valid_From__c'), org.named('SAP_Key__c')];
  const [left, right] = [String(a[from] ?? ''), String(b[from] ?? '')];
  if (left !== right) return left < right ? -1 : 1;
  return String(a[key] ?? '') < String(b[key] ?? '') ? 1 : -1;
}

function applyPrices(org: Org, transaction: Transaction, rule: ArrivalRule, book: string, product: string): void {
  const valid = validPrices(org, rule, product);
  const standard = org.store.rows('Pricebook2').find((row) => row['IsStandard'] === true)?.['Id'];
  const all = org.store.rows('PricebookEntry').filter((row) => row['Product2Id'] === product);
  const entryOf = (bookId: unknown, currency: string): Row | undefined =>
    all.find((row) => row['Pricebook2Id'] === bookId && row['CurrencyIsoCode'] === currency);
  const create = (bookId: unknown, currency: string, price: number): unknown =>
    transaction.insert('PricebookEntry', {
      Pricebook2Id: bookId,
      Product2Id: product,
      CurrencyIsoCode: currency,
      UnitPrice: price,
      IsActive: true,
    });
  for (const [currency, price] of valid) {
    // Salesforce takes no other price of a product that has no standard price.
    if (standard !== undefined && standard !== book && entryOf(standard, currency) === undefined)
      create(standard, currency, price);
    const entry = entryOf(book, currency);
    if (entry === undefined) create(book, currency, price);
    else if (entry['UnitPrice'] !== price || entry['IsActive'] !== true)
      transaction.update('PricebookEntry', String(entry['Id']), {
        UnitPrice: price,
        IsActive: true,
        UseStandardPrice: false,
      });
  }
  for (const entry of all.filter((row) => row['Pricebook2Id'] === book && row['IsActive'] === true)) {
    if (!valid.has(String(entry['CurrencyIsoCode'])))
      transaction.update('PricebookEntry', String(entry['Id']), { IsActive: false });
  }
}
