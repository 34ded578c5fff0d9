/** Keeps committed changes in a file, so that a killed simulator comes back with what it had promised. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { Change, Database } from './database.ts';

/** Applies what the file holds, then records every further commit in it. Returns how to close it. */
export function openJournal(path: string, database: Database): () => void {
  if (existsSync(path)) replay(path, database);
  const file = openSync(path, 'a');
  database.onCommit((changes) => {
    writeSync(file, `${JSON.stringify(changes)}\n`);
    fsyncSync(file);
  });
  return () => closeSync(file);
}

function replay(path: string, database: Database): void {
  const text = readFileSync(path, 'utf8');
  // A line without its end was cut by a crash: its commit was never reported to anybody.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  for (const line of whole.split('\n')) {
    if (line === '') continue;
    // Our own lines, written above.
    const failed = database.commit(JSON.parse(line) as Change[]);
    if (failed !== undefined)
      throw new Error(`${path} does not fit the SAP data: ${failed.kind} in ${failed.table} is impossible`);
  }
}
