/** What every address of the REST API is handled with. */
import type { HttpAnswer, HttpCall } from '../http.ts';
import type { Org, OrgUser } from '../org/org.ts';
import type { CallKind } from './allowance.ts';

/** Answers one call of a user who is logged on. */
export type Handler = (org: Org, user: OrgUser, call: HttpCall) => HttpAnswer;

/** One address below `/services/data/vXX.0` that needs more than the org. */
export interface ApiRoute {
  readonly kind: CallKind;
  readonly method: string;
  /** A pattern with named groups. */
  readonly path: string;
  readonly maxFileBytes?: number;
  readonly handle: (user: OrgUser, call: HttpCall) => HttpAnswer;
}
