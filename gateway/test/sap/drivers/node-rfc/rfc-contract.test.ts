/** The RFC driver keeps the contract of every driver: the real addon, against the same simulated SAP as the SOAP driver. */
import { sapConnectionContract } from '../../../contracts/sap-connection.contract.ts';
import { sapFailuresContract } from '../../../contracts/sap-failures.contract.ts';
import { sapSessionContract } from '../../../contracts/sap-session.contract.ts';
import { describeRfc, prepareRfcPlace } from './rfc-under-test.ts';

describeRfc('node-rfc', () => {
  sapConnectionContract('node-rfc', prepareRfcPlace);
  sapFailuresContract('node-rfc', prepareRfcPlace);
  sapSessionContract('node-rfc', prepareRfcPlace);
});
