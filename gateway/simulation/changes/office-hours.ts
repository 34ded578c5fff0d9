/** What happens in SAP and what people do in the org during a schedule of changes. */
import { keyText } from '../../src/model/index.ts';
import { livePaths } from './documents.ts';
import type { LiveKind, SapRecord } from './documents.ts';
import type { ChangesWorld } from './changes-world.ts';

/** Lets everybody work until `untilMs`. */
export function letEverybodyWork(world: ChangesWorld, untilMs: number): void {
  const { random, scheduler, mix, office } = world;
  const some = (): number => random.between(0, Math.max(1, Math.round(untilMs * 0.9)));
  const customers: SapRecord[] = [];
  for (let index = 0; index < mix.products; index += 1)
    scheduler.after(some() / 4, () => later(world, office.add('product', `M${index}`)));
  for (let index = 0; index < mix.customers; index += 1) {
    const record = office.addCustomer(`000010471${index}`);
    customers.push(record);
    scheduler.after(some() / 4, () => office.tell(record, 0));
  }
  for (let index = 0; index < mix.orders; index += 1)
    // Documents may be there before those of their customers.
    scheduler.after(some() / 2, () => {
      const customer = customers[random.between(0, customers.length - 1)];
      const product = office.ofKind('product')[0];
      if (customer !== undefined) later(world, office.addOrder(`000000${1000 + index}`, customer.key, product?.key));
    });
  for (let index = 0; index < mix.edits; index += 1) scheduler.after(some(), () => editSome(world));
  for (let index = 0; index < mix.creates; index += 1) scheduler.after(some(), () => createCustomer(world, index));
  for (let index = 0; index < mix.deeds; index += 1) scheduler.after(some(), () => doSomething(world));
  for (let index = random.between(0, 4); index > 0; index -= 1) scheduler.after(some(), () => decideSome(world));
  if (mix.hasPoison) world.poison = keyText(somePoison(world).key);
  if (mix.hasCallPoison) world.callPoison = keyText(somePoison(world).key);
}

/** Change pointers are turned into documents a while after the change. */
function later(world: ChangesWorld, record: SapRecord): void {
  const { random, scheduler, office, mix } = world;
  scheduler.after(random.spread(10, 20_000), () => office.tell(record, mix.reduced));
}

function somePoison({ random, office }: ChangesWorld): SapRecord {
  const records = [...office.records.values()];
  const record = records[random.between(0, records.length - 1)];
  if (record === undefined) throw new Error('there is nothing in SAP');
  return record;
}

function editSome(world: ChangesWorld): void {
  const record = somePoison(world);
  world.office.edit(record);
  later(world, record);
}

/** Somebody presses "Create SAP customer": SAP has it, and tells of it, before or after the org knows. */
function createCustomer(world: ChangesWorld, index: number): void {
  const { random, scheduler, org, office } = world;
  const account = org.addAccount();
  const request = { name: `SR-00000${index}`, account, isOpen: true, isRefused: false };
  org.requests.push(request);
  scheduler.after(random.spread(100, 20_000), () => {
    if (random.chance(0.2))
      return void scheduler.after(random.spread(100, 30_000), () => org.endRequest(request, undefined));
    const record = office.addCustomer(`000070000${index}`);
    later(world, record);
    scheduler.after(random.spread(10, 90_000), () => {
      org.endRequest(request, record.key);
      world.watch.accountsChanged();
    });
  });
}

function doSomething(world: ChangesWorld): void {
  const { random, org, office, history } = world;
  const customers = office.ofKind('customer');
  const record = customers[random.between(0, customers.length - 1)];
  if (record === undefined) return;
  const { key } = record;
  const deed = random.pick(['link', 'merge', 'delete', 'damage', 'repair']);
  history.count(`people: ${deed}`);
  world.tell('people', () => `${deed} ${key.id}`);
  // Nobody knows the number of a customer that is just being made.
  if (deed === 'link' && !org.requests.some(({ isOpen }) => isOpen)) org.link(org.addAccount(), key);
  if (deed === 'delete') org.delete(key);
  if (deed === 'damage') damage(world, record);
  if (deed === 'repair') repair(world);
  const loser = org.accountOf(key);
  if (deed === 'merge' && loser !== undefined) org.merge(org.addAccount(), loser);
  world.watch.accountsChanged();
}

/** An admin changes what SAP owns, and puts it right from a file later. */
function damage(world: ChangesWorld, { key }: SapRecord): void {
  const { random } = world;
  const paths = livePaths[key.kind as LiveKind];
  const path = paths[random.between(0, paths.length - 1)] ?? paths[0];
  world.watch.damage(key, path);
  if (random.chance(0.7)) world.scheduler.after(random.spread(1_000, 60_000), () => repair(world));
}

/** A comparison with a staging file: what it says is brought again, as often as somebody asks, with the same order. */
function repair(world: ChangesWorld): void {
  const { office, random, scheduler } = world;
  const documents = office.stage();
  const bring = (): void => {
    const agent = world.agents.find(({ isUp }) => isUp);
    world.tell('operator', () => 'compares with a staging file, and repairs');
    void agent?.repair((queue) => queue.accept(documents()).catch(() => undefined));
  };
  bring();
  if (random.chance(0.5)) scheduler.after(random.spread(1_000, 60_000), bring);
}

/** Somebody looks at an issue, and wants it tried again or gone. */
export function decideSome(world: ChangesWorld): void {
  const { random, org } = world;
  const issues = [...org.issues.keys()];
  const name = issues[random.between(0, Math.max(0, issues.length - 1))];
  if (name !== undefined) wish(world, name, random.chance(0.6) ? 'retry' : 'discard');
}

/** Somebody wants every issue tried again. */
export function retryAll(world: ChangesWorld): void {
  for (const name of world.org.issues.keys()) wish(world, name, 'retry');
}

function wish(world: ChangesWorld, name: string, kind: 'retry' | 'discard'): void {
  world.history.count(`people: ${kind}`);
  world.tell('people', () => `want ${name}: ${kind}`);
  world.org.wishes.set(name, { name, wish: kind, reason: 'because', by: 'somebody' });
}

/** What SAP has not told yet, it tells now. */
export function tellTheRest({ office }: ChangesWorld): void {
  for (const record of office.records.values())
    if ([...record.dirty].some((path) => !path.startsWith('credit.'))) office.tell(record, 0);
}
