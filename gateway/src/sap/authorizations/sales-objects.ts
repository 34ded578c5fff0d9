/** Authorization objects of orders, deliveries and billing documents. */
import { objectCheck } from './objects.ts';
import type { Activity, Confidence, ObjectCheck, ObjectChecks } from './objects.ts';

const area = { VKORG: ['$VKORG'], VTWEG: ['$VTWEG'], SPART: ['$SPART'] } as const;

const order = (activity: Activity, confidence: Confidence): readonly ObjectCheck[] => [
  objectCheck('V_VBAK_VKO', activity, area, confidence),
  objectCheck('V_VBAK_AAT', activity, { AUART: ['$AUART'] }, confidence),
];
const delivery = [
  objectCheck('V_LIKP_VKO', '03', area, 'general'),
  objectCheck('V_LIKP_VST', '03', { VSTEL: ['$VSTEL'] }, 'general'),
];
/** Billing type and sales organization. */
export const billing = (confidence: Confidence): readonly ObjectCheck[] => [
  objectCheck('V_VBRK_FKA', '03', { FKART: ['$FKART'] }, confidence),
  objectCheck('V_VBRK_VKO', '03', { VKORG: ['$VKORG'] }, confidence),
];

export const salesObjects: ObjectChecks = {
  BAPI_SALESORDER_GETLIST: order('03', 'general'),
  BAPISDORDER_GETDETAILEDLIST: order('03', 'general'),
  BAPI_DELIVERY_GETLIST: delivery,
  Z_GANGWAY_ORDER_CREATE: order('01', 'proven'),
  BAPI_BILLINGDOC_GETDETAIL: billing('general'),
};
