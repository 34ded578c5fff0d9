/** Authorization objects of customers, contact persons and partner functions. */
import { objectCheck } from './objects.ts';
import type { Activity, Confidence, ObjectCheck, ObjectChecks } from './objects.ts';

/** Sales view of the customer master, which is all that the pack looks at; SAP's own functions may ask for both views. */
export const application = (activity: Activity, confidence: Confidence): ObjectCheck =>
  objectCheck('F_KNA1_APP', activity, { APPKZ: confidence === 'proven' ? ['V'] : ['F', 'V'] }, confidence);
export const companyCode = (activity: Activity, confidence: Confidence): ObjectCheck =>
  objectCheck('F_KNA1_BUK', activity, { BUKRS: ['$BUKRS'] }, confidence);
export const salesArea = (activity: Activity, confidence: Confidence): ObjectCheck =>
  objectCheck('V_KNA1_VKO', activity, { VKORG: ['$VKORG'], VTWEG: ['$VTWEG'], SPART: ['$SPART'] }, confidence);

const accountGroup = (activity: Activity, group: string): ObjectCheck =>
  objectCheck('F_KNA1_GRP', activity, { KTOKD: [group] }, 'proven');

const display = (confidence: Confidence): readonly ObjectCheck[] => [
  application('03', confidence),
  companyCode('03', confidence),
  salesArea('03', confidence),
];
// A customer that exists may be of any group; a new one gets the group of the configuration.
const ofCustomer = (activity: Activity): readonly ObjectCheck[] => [
  application(activity, 'proven'),
  accountGroup(activity, '$KTOKD'),
];
const change = ofCustomer('02');

export const customerObjects: ObjectChecks = {
  BAPI_CUSTOMER_GETDETAIL2: display('documented'),
  BAPI_CUSTOMER_FIND: display('general'),
  BAPI_CUSTOMER_GETLIST: display('general'),
  BAPI_CUSTOMER_GETSALESAREAS: display('general'),
  Z_GANGWAY_CUSTOMER_CREATE: [
    application('01', 'proven'),
    companyCode('01', 'proven'),
    accountGroup('01', '$KTOKD_NEW'),
    salesArea('01', 'proven'),
  ],
  Z_GANGWAY_CUSTOMER_CHANGE: change,
  // A contact person is part of its customer.
  Z_GANGWAY_CONTACT_SAVE: change,
  Z_GANGWAY_CONTACTS_READ: ofCustomer('03'),
  Z_GANGWAY_PARTNERS_READ: [...ofCustomer('03'), salesArea('03', 'proven')],
};
