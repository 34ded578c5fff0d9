/** What people do in the org during a schedule. */
import { mayStayHeld } from './invariants/ends.ts';
import { callThroughRelay } from './salesforce/relay-link.ts';
import type { Account, Request } from './salesforce/org-records.ts';
import type { World } from './world.ts';

/** Lets people work until `untilMs`. */
export function letPeopleWork(world: World, untilMs: number): void {
  const { random, scheduler } = world;
  const customers = random.between(1, 3);
  for (let index = 0; index < customers; index += 1) {
    scheduler.after(random.between(0, Math.min(10_000, untilMs / 2)), () => becomeCustomer(world, index));
  }
  const actions = random.between(0, 9);
  for (let index = 0; index < actions; index += 1)
    scheduler.after(random.between(1_000, untilMs), () => act(world, index));
}

/** After everything was repaired: whoever has a request that was held, or that SAP refused, sends it again; false where that helps nobody. */
export function retryWhatIsHeld(world: World): boolean {
  const stopped = [...world.org.requests.values()].filter(
    ({ state, code }) => state === 'held' || code === 'SAP_REFUSED',
  );
  const mayHelp = stopped.some(({ code }) => !mayStayHeld.has(code ?? ''));
  for (const request of stopped) world.org.retry(request);
  return mayHelp;
}

function becomeCustomer(world: World, index: number): void {
  const { org, random } = world;
  const id = `Firm ${index}`;
  const account = org.addAccount({ name: id, city: 'Hamburg', phone: '+49 40 0' }, random.chance(0.4));
  const usesButton = random.chance(0.4);
  if (!usesButton) return void org.askForCustomer(account, random.chance(0.5));
  pressButton(world, account);
  if (random.chance(0.4)) world.scheduler.after(random.between(0, 30_000), () => pressButton(world, account));
}

/** Commits the request, and sends it in a second step, as the dialog does. */
function pressButton(world: World, account: Account): void {
  if (!world.org.accounts.has(account.id)) return;
  world.tell('rep', () => `presses Create SAP Customer on ${account.id}`);
  const request = world.org.askForCustomer(account, false);
  if (request.state === 'ready' || request.state === 'held') callThroughRelay(world, request);
}

const actions = [
  'edit',
  'edit',
  'edit',
  'contact',
  'edit contact',
  'retry',
  'hold',
  'discard',
  'merge',
  'delete',
  'button',
] as const;

function act(world: World, index: number): void {
  const { org, random } = world;
  const accounts = [...org.accounts.values()];
  const account = accounts[random.between(0, Math.max(0, accounts.length - 1))];
  if (account === undefined) return;
  const own = [...org.requests.values()].filter(({ accountId }) => accountId === account.id);
  const request = own[random.between(0, Math.max(0, own.length - 1))];
  const action = random.pick(actions);
  world.history.count(`people: ${action}`);
  switch (action) {
    case 'edit':
      return org.editAccount(
        account,
        random.chance(0.6) ? { phone: `+49 40 ${index + 1}` } : { city: `City ${index}` },
      );
    case 'contact':
      if (own.length > 0) org.addContact(account, { lastName: `Person ${index}`, phone: '0' });
      return;
    case 'edit contact': {
      const contact = [...org.contacts.values()].find(({ accountId }) => accountId === account.id);
      if (contact !== undefined) org.editContact(contact, { phone: `${index}` });
      return;
    }
    case 'retry':
      return request === undefined ? undefined : org.retry(request);
    case 'hold':
    case 'discard':
      return request === undefined ? undefined : withdraw(world, request, action);
    case 'merge': {
      const loser = accounts.find(({ id }) => id !== account.id);
      return loser === undefined ? undefined : org.merge(account, loser);
    }
    case 'delete':
      // Rare, or there would be nothing left to look at.
      if (random.chance(0.3)) org.deleteAccount(account);
      return;
    case 'button':
      return pressButton(world, account);
  }
}

function withdraw(world: World, request: Request, action: 'hold' | 'discard'): void {
  world.tell(
    'a person',
    () => `wants ${request.key} (${request.state}) to be ${action === 'hold' ? 'held' : 'discarded'}`,
  );
  world.org.withdraw(request, action, 'changed my mind');
}
