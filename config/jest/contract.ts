/** The recorded answers of the Apex controllers, the same files that the Apex tests and the local org must match. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Recorded {
    readonly body?: unknown;
    readonly [key: string]: unknown;
}

/** What the controller answered in one recording. Files hold the body as JSON to be read; Apex hands it out as text. */
export function contract(name: string, area: 'panels' | 'customer' = 'panels'): any {
    const path = join(process.cwd(), `force-app/tests/${area}/staticresources/Contract_${name}.json`);
    const { controller }: { controller: Recorded } = JSON.parse(readFileSync(path, 'utf8'));
    const ids = { accountId: '001000000000001AAA', id: 'a01000000000001AAA', name: 'SR-00001' };
    const { body, ...view } = controller;
    const withIds = Object.fromEntries(
        Object.entries(view).map(([key, value]) => [key, key in ids ? ids[key as keyof typeof ids] : value]),
    );
    return { ...withIds, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
}

/** The parsed body of one recording. */
export const recordedBody = (name: string): any => JSON.parse(contract(name).body);
