/** What every process of the bench shares: where it listens. */
import type { Server } from 'node:http';

/** Listens on a free loopback port and says which. */
export function portOf(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
