/** Types of the bootstrap, which is plain JavaScript, for its tests. */
export function missingFrom(root: string): string | undefined;
export function findNode(root: string, ownVersion?: string): string;
export function takeLock(folder: string, say: (line: string) => void, pollMs?: number): Promise<() => void>;
export function environmentFor(
  node: string,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined>;
