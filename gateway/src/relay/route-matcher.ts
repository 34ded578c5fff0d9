/** Finds the operation an address and a method mean; compiled once from the list of operations. */
import { GatewayError } from '../errors/index.ts';
import { operations } from '../model/index.ts';
import type { Operation } from '../model/index.ts';
import type { RawParameters } from '../protocol/index.ts';

export interface Match {
  readonly operation: Operation;
  readonly params: RawParameters;
}

interface Leaf {
  readonly operation: Operation;
  readonly names: readonly string[];
}

interface Branch {
  readonly literals: Map<string, Branch>;
  parameter: Branch | undefined;
  readonly leaves: Map<string, Leaf>;
}

export interface RouteMatcher {
  /** Throws ROUTE_NOT_FOUND, METHOD_NOT_ALLOWED, or REQUEST_MALFORMED for broken percent encoding. */
  match(method: string, path: string): Match;
}

/** A matcher for the given operations, by default all there are. */
export function compileRoutes(list: readonly Operation[] = Object.values(operations)): RouteMatcher {
  const root = emptyBranch();
  for (const operation of list) addRoute(root, operation);
  return {
    match: (method, path) => {
      const segments = path.slice(1).split('/').map(decode);
      const ends = findEnds(root, segments, 0, []);
      for (const { leaves, values } of ends) {
        const leaf = leaves.get(method);
        if (leaf !== undefined) return { operation: leaf.operation, params: toParams(leaf.names, values) };
      }
      const allow = [...new Set(ends.flatMap((end) => [...end.leaves.keys()]))].sort();
      throw allow.length === 0
        ? new GatewayError('ROUTE_NOT_FOUND')
        : new GatewayError('METHOD_NOT_ALLOWED', { allow: allow.join(', ') });
    },
  };
}

function emptyBranch(): Branch {
  return { literals: new Map(), parameter: undefined, leaves: new Map() };
}

function addRoute(root: Branch, operation: Operation): void {
  const names: string[] = [];
  let branch = root;
  for (const segment of operation.path.slice(1).split('/')) {
    if (segment.startsWith(':')) {
      names.push(segment.slice(1));
      branch = branch.parameter ??= emptyBranch();
      continue;
    }
    const next = branch.literals.get(segment) ?? emptyBranch();
    branch.literals.set(segment, next);
    branch = next;
  }
  // A service reads or writes, at the same address: the first one stands for both until it is known which.
  if (!branch.leaves.has(operation.method)) branch.leaves.set(operation.method, { operation, names });
}

interface End {
  readonly leaves: Branch['leaves'];
  readonly values: readonly string[];
}

/** Literal segments before parameters: `/v1/customers/matches` is not customer MATCHES, except for other methods. */
function findEnds(branch: Branch, segments: readonly string[], depth: number, values: readonly string[]): End[] {
  const segment = segments[depth];
  if (segment === undefined) return branch.leaves.size > 0 ? [{ leaves: branch.leaves, values }] : [];
  const literal = branch.literals.get(segment);
  const byLiteral = literal === undefined ? [] : findEnds(literal, segments, depth + 1, values);
  if (branch.parameter === undefined || segment === '') return byLiteral;
  return [...byLiteral, ...findEnds(branch.parameter, segments, depth + 1, [...values, segment])];
}

function decode(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new GatewayError('REQUEST_MALFORMED', { reason: 'broken percent encoding in the address' }, cause);
  }
}

function toParams(names: readonly string[], values: readonly string[]): RawParameters {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}
