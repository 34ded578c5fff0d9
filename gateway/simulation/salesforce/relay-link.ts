/**
 * The button's way: Apex calls out through the relay, the relay asks an agent, Apex writes the outcome in its own transaction.
 *
 * The call and its answer may be lost, late or doubled; the rep may press again in another browser.
 */
import { GatewayError, toGatewayError } from '../../src/errors/index.ts';
import { correlationId, idempotencyKey, operations } from '../../src/model/index.ts';
import { Deadline } from '../../src/timing/index.ts';
import type { Call } from '../../src/agent/call.ts';
import type { AgentProcess } from '../machine/agent-process.ts';
import { passageThrough } from '../network.ts';
import type { World } from '../world.ts';
import { noteOperation } from './outcomes.ts';
import { hasEnded, isUnderWay } from './org-records.ts';
import type { Request, Wish } from './org-records.ts';

/** As long as the relay lets a write take. */
const callMs = 60_000;
/** What has not reached the relay by then does not come any more: Salesforce gives up connecting. Inside the relay a call may wait longer. */
const reachesRelayMs = 2_000;

/** Sends a request's content to whichever agent takes it, and lets Apex write what became of it. */
export function callThroughRelay(world: World, request: Request): void {
  const passage = passageThrough(world.weather.relay, world.random);
  const { fence, key, payload } = request;
  request.isClosed = true;
  request.mayBeInSap = true;
  request.wasSent = true;
  request.callouts += 1;
  world.history.count('calls through the relay');
  world.tell('Apex', () => `calls out for ${key}`);
  const thereMs = Math.min(passage.thereMs, reachesRelayMs);
  const sentAtMs = world.scheduler.nowMs + thereMs;
  let isAnswered = false;
  const answer = (write: () => void): void => {
    if (isAnswered) return;
    isAnswered = true;
    cancelWait();
    world.scheduler.after(passage.backMs, () => {
      request.callouts -= 1;
      write();
    });
  };
  const cancelWait = world.scheduler.after(callMs + 5_000, () => answer(() => noteLost(world, key, undefined)));
  if (passage.cut === 'before') return answer(() => noteLost(world, key, undefined));
  const ask = (): void => {
    void askAgents(world, key, payload, sentAtMs).then(
      (body) =>
        answer(
          passage.cut === 'after'
            ? () => world.tell('Apex', () => `never hears what became of ${key}`)
            : () => note(world, key, fence, body),
        ),
      (error: unknown) => answer(() => noteLost(world, key, toGatewayError(error))),
    );
  };
  world.scheduler.after(thereMs, ask);
  if (passage.againMs !== undefined) world.scheduler.after(thereMs + passage.againMs, ask);
}

/** The relay's way of asking: one agent after the other while they say that another one has the lease. */
async function askAgents(world: World, key: string, payload: string, sentAtMs: number): Promise<unknown> {
  let failure = new GatewayError('AGENT_OFFLINE');
  for (const agent of world.reachableAgents()) {
    try {
      return await ask(agent, key, payload, sentAtMs);
    } catch (error) {
      failure = toGatewayError(error);
      if (failure.code !== 'AGENT_STANDBY') throw failure;
    }
  }
  throw failure;
}

function ask(agent: AgentProcess, key: string, payload: string, sentAtMs: number): Promise<unknown> {
  const { program, world } = agent;
  // The relay says how long it has had the call; what comes twice comes with the age of the first.
  const ageMs = world.scheduler.nowMs - sentAtMs;
  const call: Call = {
    org: world.orgId,
    user: 'rep',
    system: world.systemId,
    operation: 'createCustomer',
    params: {},
    query: {},
    body: operations.createCustomer.body.parse(JSON.parse(payload)),
    idempotencyKey: idempotencyKey.parse(key),
    correlationId: correlationId.parse(`relay-${key.slice(-15)}`),
    deadline: Deadline.in(program.clock, callMs - ageMs),
    ageMs,
  };
  world.tell(program.name, () => `gets ${key} from the relay`);
  return new Promise((resolve, reject) => {
    program.deliver(0, () => {
      agent.execute(call).then(({ body }) => {
        world.watch.replyLeaves(program, operations.createCustomer.answer.parse(body));
        resolve(body);
      }, reject);
    });
  });
}

function note(world: World, key: string, fence: number | null, body: unknown): void {
  const request = world.org.requests.get(key);
  if (request === undefined) return;
  const operation = operations.createCustomer.answer.parse(body);
  // Handed out since, it is that agent's to end: only what SAP surely has is still worth hearing.
  const isOvertaken = request.fence !== null && request.fence !== fence;
  if (isOvertaken && operation.state !== 'done' && operation.customer === null) return;
  const isNews = noteOperation(world.org, request, operation);
  world.tell('Apex', () => `${isNews ? 'writes' : 'knows'} ${key} ${operation.state}`);
  if (isNews) world.watch.outcomeNoted(request, { operation, correlationId: request.correlationId });
}

const wishOf: Readonly<Record<string, Wish>> = { REQUEST_WITHDRAWN: 'discard', REQUEST_ON_HOLD: 'hold' };

/** Apex after a callout that failed: what may have reached SAP is `verifying`, and the agent's visits finish it. */
function noteLost(world: World, key: string, failure: GatewayError | undefined): void {
  const request = world.org.requests.get(key);
  if (request === undefined || request.customerNumber !== null || request.state === 'done') return;
  const mayBeInSap = failure === undefined || failure.status >= 500 || failure.disposition === 'verify';
  // Somebody else has gone on meanwhile; only that SAP may have it says more than that.
  if (!mayBeInSap && request.state !== 'ready' && !isUnderWay(request)) return;
  world.tell('Apex', () => `lost the answer for ${key}: ${failure?.code ?? 'timeout'}`);
  if (mayBeInSap) {
    // The wish of whoever had stopped it comes back: the agent looks first.
    const wish = wishOf[request.code ?? ''];
    if (hasEnded(request) && wish !== undefined) request.wish = { kind: wish, reason: 'stopped before' };
    request.state = 'verifying';
    request.wasSent = true;
    // Whatever the agent says next is news.
    request.outcomeAsOf = null;
  }
  request.code = failure?.code ?? 'RELAY_UNREACHABLE';
  if (!mayBeInSap && failure.status !== 429) request.state = failure.status === 422 ? 'refused' : 'held';
}
