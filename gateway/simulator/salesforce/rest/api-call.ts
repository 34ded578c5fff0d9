/** What every address of the REST API is handled with. */
import type { HttpAnswer, HttpCall } from '../http.ts';
import type { Org, OrgUser } from '../org/org.ts';

/** Answers one call of a user who is logged on. */
export type Handler = (org: Org, user: OrgUser, call: HttpCall) => HttpAnswer;
