/** The tables that RFC_READ_TABLE is used for: these and no others. */
import type { SapFeature } from '../../model/index.ts';
import type { Need } from '../functions/signature.ts';

export interface ReadableTable {
  readonly name: string;
  readonly feature: SapFeature;
  /** When the feature reads it. */
  readonly need: Need;
  /** What it is read for. */
  readonly purpose: string;
  /** What is missing where SAP Basis does not allow it. */
  readonly without: string;
}

const words = (name: string, purpose: string): ReadableTable => ({
  name,
  feature: 'texts',
  need: 'always',
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
    need: 'always',
    purpose: 'decimals of currencies',
    without: 'the usual decimals (JPY none, KWD three), which a house-made currency may contradict',
  },
  {
    name: 'T014',
    feature: 'texts',
    need: 'always',
    purpose: 'currencies of credit control areas',
    without: 'credit limits of IDocs are left out: no IDoc names their currency',
  },
  {
    name: 'T006',
    feature: 'texts',
    need: 'always',
    purpose: 'units of measure',
    without: 'only units that SAP delivers are known, and those of `sap.idocs.units`',
  },
  {
    name: 'KNVP',
    feature: 'partners',
    need: 'without-pack',
    purpose: 'the partners of a customer where the ABAP pack does not give them',
    without: '`listPartners` answers `SAP_NOT_AUTHORIZED`; no panel uses it',
  },
];
