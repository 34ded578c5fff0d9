/** The journal the executor's tests use keeps the port's promises; else they would prove nothing. */
import { describeWriteJournal } from '../../contracts/write-journal.contract.ts';
import { MemoryJournal } from './memory-journal.ts';

describeWriteJournal('the journal in memory', async () => {
  let journal = new MemoryJournal();
  return {
    open: async () => (journal = journal.afterKill()),
    remove: async () => undefined,
  };
});
