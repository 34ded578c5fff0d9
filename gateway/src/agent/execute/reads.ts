/** Reads: each operation is one question to the SAP system. */
import { GatewayError } from '../../errors/index.ts';
import { operations } from '../../model/index.ts';
import type { OperationName } from '../../model/index.ts';
import type { SapServices, SapSystem, ServiceValues } from '../../ports/index.ts';
import type { Call } from '../call.ts';

type ServiceName = 'readService' | 'writeService';
type WriteName = 'createCustomer' | 'changeCustomer' | 'createContact' | 'changeContact';
type ReadName = Exclude<OperationName, WriteName | ServiceName | 'readOperation'>;
type Read = (sap: SapSystem, call: Call) => Promise<unknown>;

/** The schemas run once more on what the connection parsed already: they turn `unknown` into types without a cast. */
const reads: { readonly [Name in ReadName]: Read } = {
  readCustomer: (sap, call) =>
    sap.readCustomer(operations.readCustomer.params.parse(call.params).number, call.deadline),
  readCredit: (sap, call) => sap.readCredit(operations.readCredit.params.parse(call.params).number, call.deadline),
  listOrders: (sap, call) => {
    const { cursor, limit } = operations.listOrders.query.parse(call.query);
    return sap.listOrders(operations.listOrders.params.parse(call.params).number, { cursor, limit }, call.deadline);
  },
  readOrder: (sap, call) => {
    const { order } = operations.readOrder.params.parse(call.params);
    return sap.readOrder(order, operations.readOrder.query.parse(call.query).customer, call.deadline);
  },
  listInvoices: (sap, call) => {
    const { number } = operations.listInvoices.params.parse(call.params);
    const { cursor, limit, state } = operations.listInvoices.query.parse(call.query);
    return sap.listInvoices(number, state, { cursor, limit }, call.deadline);
  },
  listPartners: (sap, call) =>
    sap.listPartners(operations.listPartners.params.parse(call.params).number, call.deadline),
  findMatches: (sap, call) => sap.findMatches(operations.findMatches.body.parse(call.body), call.deadline),
};

/** The outputs of a published service that reads. */
export async function readService(services: SapServices | undefined, call: Call): Promise<ServiceValues> {
  const { name } = operations.readService.params.parse(call.params);
  if (services?.find(name)?.effect !== 'read') throw new GatewayError('SERVICE_UNKNOWN', { name });
  const { outputs } = await services.read(name, operations.readService.body.parse(call.body), call.deadline);
  return outputs;
}

/** The read behind an operation, or undefined where the operation is none. */
export function readFor(operation: OperationName): Read | undefined {
  return isRead(operation) ? reads[operation] : undefined;
}

function isRead(operation: OperationName): operation is ReadName {
  return Object.hasOwn(reads, operation);
}
