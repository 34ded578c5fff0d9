/** The tables that RFC_READ_TABLE is used for: these and no others. */
import type { SapFeature } from '../../model/index.ts';

export interface ReadableTable {
  readonly name: string;
  readonly feature: SapFeature;
  /** What it is read for. */
  readonly purpose: string;
  /** What is missing where SAP Basis does not allow it. */
  readonly without: string;
}

const words = (name: string, purpose: string): ReadableTable => ({
  name,
  feature: 'texts',
  purpose: `words for ${purpose}`,
  without: 'codes stand without words',
});

export const readableTables: readonly ReadableTable[] = [
  words('TVAKT', 'order types'),
  words('TVAGT', 'rejection reasons'),
  words('TVAST', 'order blocks'),
  words('TVLST', 'delivery blocks'),
  words('TVFST', 'billing blocks'),
  words('TPART', 'partner functions'),
  {
    name: 'TCURX',
    feature: 'texts',
    purpose: 'decimals of currencies',
    without: 'the usual decimals (JPY none, KWD three), which a house-made currency may contradict',
  },
  {
    name: 'KNVP',
    feature: 'partners',
    purpose: 'the partners of a customer, over the API (`listPartners`)',
    without: 'that call answers `SAP_NOT_AUTHORIZED`; no panel uses it',
  },
];
