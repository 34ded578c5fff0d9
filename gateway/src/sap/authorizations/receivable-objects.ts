/** Authorization objects of credit and of what customers owe. */
import { application, companyCode, salesArea } from './customer-objects.ts';
import { objectCheck } from './objects.ts';
import type { Activity, Confidence, ObjectCheck, ObjectChecks } from './objects.ts';
import { billing } from './sales-objects.ts';

const creditArea = (activity: Activity, confidence: Confidence): ObjectCheck =>
  objectCheck('F_KNKA_KKB', activity, { KKBER: ['$KKBER'] }, confidence);
const items = (confidence: Confidence): readonly ObjectCheck[] => [
  objectCheck('F_BKPF_BUK', '03', { BUKRS: ['$BUKRS'] }, confidence),
  objectCheck('F_BKPF_KOA', '03', { KOART: ['D'] }, confidence),
];

export const receivableObjects: ObjectChecks = {
  BAPI_CR_ACC_GETDETAIL: [creditArea('03', 'general')],
  BAPI_AR_ACC_GETOPENITEMS: items('general'),
  BAPI_AR_ACC_GETSTATEMENT: items('general'),
  Z_GANGWAY_CREDIT_READ: [
    application('03', 'proven'),
    companyCode('03', 'proven'),
    salesArea('03', 'proven'),
    creditArea('03', 'proven'),
    ...items('proven'),
  ],
  Z_GANGWAY_INVOICES_READ: [application('03', 'proven'), ...billing('proven'), ...items('proven')],
  Z_GANGWAY_CHANGES_READ: [
    application('03', 'proven'),
    objectCheck('S_SCD0', '08', {}, 'proven'),
    creditArea('03', 'proven'),
    ...items('proven'),
  ],
  Z_GANGWAY_CREDIT_CHANGE: [creditArea('02', 'proven')],
};
