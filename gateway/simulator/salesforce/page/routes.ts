/** Everything the page itself asks for. */
import type { HttpAnswer, HttpCall, Route } from '../http.ts';
import type { EventBus } from '../events/event-bus.ts';
import { eventStream } from '../events/event-stream.ts';
import { convertLead } from './convert-lead.ts';
import { editForm } from './edit-form.ts';
import { layoutOf } from './layouts.ts';
import { listView, recordView } from './record-views.ts';
import { relatedLists } from './related-lists.ts';
import { logOn, sessionScript, userOfCall } from './sessions.ts';
import { changeFaults, readFaults } from './faults.ts';
import { doSapAct, readSapActs } from './sap-acts.ts';
import type { Org, OrgUser } from '../org/org.ts';
import { StaticFiles } from './static-files.ts';
import { readUiRecord, updateUiRecord } from './ui-api.ts';

/** What the page needs besides the org. */
export interface PageSettings {
  /** Made by local-org; without it there is no page. */
  readonly pageDir: string | undefined;
  /** Where the simulated SAP's faults are switched; without it there is no drawer. */
  readonly sapSimulatorUrl: string | undefined;
  /** What stands under somebody's bell, newest first. */
  readonly notificationsOf: (userId: string) => readonly object[];
  /** Events that pages subscribe to. */
  readonly bus: EventBus;
}

/** The address a visitor lands on. */
export function homePath(org: Org): string {
  const home = org.store.rows('Account').find((row) => row[layoutOf(org, 'Account').nameField] === org.homeName);
  return home === undefined ? '/lightning/o/Account/list' : `/lightning/r/Account/${String(home['Id'])}/view`;
}

/** One call for all that the frame shows of a record: walking from one to the next should cost no more. */
const recordPage = (org: Org, user: OrgUser, id: string): unknown => ({
  ...recordView(org, user, id),
  relatedLists: relatedLists(org, user, id),
});

/** The routes of the page; the last one serves its files. */
export function pageRoutes(org: Org, { pageDir, sapSimulatorUrl, notificationsOf, bus }: PageSettings): Route[] {
  const answer = (body: unknown): HttpAnswer => ({ status: 200, body });
  const files = pageDir === undefined ? undefined : new StaticFiles(pageDir);
  const route = (method: string, pattern: RegExp, handle: Route['handle']): Route => ({ method, pattern, handle });
  const routes = [
    route('GET', /^\/session\.js$/, (call) => sessionScript(org, call, homePath(org), sapSimulatorUrl !== undefined)),
    route('POST', /^\/api\/session$/, (call) => logOn(org, call)),
    route('GET', /^\/api\/page\/records\/(?<id>\w+)$/, (call) =>
      answer(recordPage(org, userOfCall(org, call), call.parts['id'] ?? '')),
    ),
    route('GET', /^\/api\/page\/records\/(?<id>\w+)\/form$/, (call) =>
      answer(editForm(org, userOfCall(org, call), call.parts['id'] ?? '')),
    ),
    route('GET', /^\/api\/page\/records\/(?<id>\w+)\/related$/, (call) =>
      answer(relatedLists(org, userOfCall(org, call), call.parts['id'] ?? '')),
    ),
    route('GET', /^\/api\/page\/lists\/(?<object>\w+)$/, (call) =>
      answer(listView(org, userOfCall(org, call), call.parts['object'] ?? '')),
    ),
    route('POST', /^\/api\/page\/leads\/(?<id>\w+)\/convert$/, (call) =>
      answer(convertLead(org, userOfCall(org, call), call.parts['id'] ?? '')),
    ),
    route('GET', /^\/api\/page\/notifications$/, (call) => answer(notificationsOf(userOfCall(org, call).id))),
    route('GET', /^\/api\/page\/events\/(?<object>\w+)$/, (call) => eventStream(org, bus, userOfCall(org, call), call)),
    route('GET', /^\/api\/ui-api\/records\/(?<id>\w+)$/, (call) => readUiRecord(org, call)),
    route('PATCH', /^\/api\/ui-api\/records\/(?<id>\w+)$/, (call) => updateUiRecord(org, call)),
  ];
  if (sapSimulatorUrl !== undefined) {
    routes.push(route('GET', /^\/api\/page\/faults$/, () => readFaults(sapSimulatorUrl)));
    routes.push(route('POST', /^\/api\/page\/faults$/, (call) => changeFaults(sapSimulatorUrl, call)));
    routes.push(route('GET', /^\/api\/page\/sap-acts$/, () => readSapActs()));
    routes.push(
      route('POST', /^\/api\/page\/sap-acts$/, (call) => doSapAct(org, userOfCall(org, call), sapSimulatorUrl, call)),
    );
  }
  if (files !== undefined) {
    routes.push(route('GET', /^\/$/, () => ({ status: 302, headers: { location: homePath(org) } })));
    routes.push(route('GET', /^\/lightning(\/.*)?$/, (call) => files.serve(call, 'index.html')));
    routes.push(route('GET', /^\/(?!api\/|services\/).+/, (call: HttpCall) => files.serve(call, call.url.pathname)));
  }
  return routes;
}
