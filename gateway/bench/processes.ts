/** The processes of one bench run: started, asked what they cost, ended together. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ProcessCost, RoleOrder } from './process.ts';
import { makeKeys } from './roles/keys.ts';

/** `--profile=agent` writes a CPU profile of that role into the working directory. */
const profiled = process.argv.find((argument) => argument.startsWith('--profile='))?.slice('--profile='.length);

/** What Docker image and systemd unit start Gangway with; the yardsticks run on plain Node. */
const deployedFlags = ['--max-semi-space-size=8'];
const deployedRoles: ReadonlySet<string> = new Set(['relay', 'agent', 'idle', 'bare-relay', 'bare-agent']);
/** `--plain`: Gangway's own processes without these flags too, as `npx gangway` starts them. */
const isPlain = process.argv.includes('--plain');

export interface RunningRole {
  readonly url: string;
  /** CPU so far and memory now. */
  cost(): Promise<ProcessCost>;
  /** The same after a garbage collection. */
  collected(): Promise<ProcessCost>;
  stop(): void;
}

export class Processes {
  readonly keys = makeKeys();
  readonly #children = new Set<ChildProcess>();

  /** Starts a role and resolves when it is ready. */
  async start(role: RoleOrder['role'], where: Partial<RoleOrder> = {}): Promise<RunningRole> {
    const child = fork(new URL('./process.ts', import.meta.url), {
      execArgv: flagsOf(role),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#children.add(child);
    const ask = async (message: RoleOrder | 'cost' | 'collect'): Promise<unknown> => {
      const answered = once(child, 'message');
      child.send(message);
      const [answer]: unknown[] = await answered;
      return answer;
    };
    const order: RoleOrder = { role, keys: this.keys, relayUrl: '', sapUrl: '', ...where };
    const { url } = (await ask(order)) as { url: string };
    return {
      url,
      cost: async () => (await ask('cost')) as ProcessCost,
      collected: async () => (await ask('collect')) as ProcessCost,
      stop: () => {
        this.#children.delete(child);
        child.kill('SIGINT');
      },
    };
  }

  close(): void {
    for (const child of this.#children) child.kill('SIGINT');
    this.#children.clear();
  }
}

function flagsOf(role: RoleOrder['role']): string[] {
  const deployed = deployedRoles.has(role) && !isPlain ? deployedFlags : [];
  return ['--expose-gc', ...deployed, ...(role === profiled ? ['--cpu-prof'] : [])];
}
