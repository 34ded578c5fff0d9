import check from '@salesforce/apex/CustomerRequestController.check';
import send from '@salesforce/apex/CustomerRequestController.send';
import { RequestFollower, isEnded } from 'c/requestFollower';
import type { RequestProgress } from 'c/requestFollower';
import { contract } from 'test/contract';
import { settled } from 'test/page';

const ready = contract('Commit', 'customer');
const verifying = contract('Create_Verifying', 'customer');
const done = contract('Check_Done', 'customer');

let seen: RequestProgress[];
let follower: RequestFollower;
const last = (): RequestProgress | undefined => seen.at(-1);

beforeEach(() => {
    jest.useFakeTimers();
    seen = [];
    follower = new RequestFollower((progress) => seen.push(progress));
    jest.mocked(send).mockReset();
    jest.mocked(check).mockReset();
});
afterEach(() => {
    follower.stop();
    jest.useRealTimers();
});

async function pass(ms: number): Promise<void> {
    jest.advanceTimersByTime(ms);
    await settled();
}

describe('following a request', () => {
    it('sends what is only committed, and ends with the answer', async () => {
        jest.mocked(send).mockResolvedValue(done);
        await follower.follow(ready);
        expect(send).toHaveBeenCalledTimes(1);
        expect(send).toHaveBeenCalledWith({ requestId: ready.id });
        expect(check).not.toHaveBeenCalled();
        expect(seen.map(({ request, isFollowing }) => [request.status, isFollowing])).toEqual([
            ['ready', true],
            ['done', false],
        ]);
    });
    it('asks on while the outcome is verified, and never sends again', async () => {
        jest.mocked(send).mockResolvedValue(verifying);
        jest.mocked(check).mockResolvedValueOnce(verifying).mockResolvedValueOnce(done);
        follower.follow(ready);
        await settled();
        expect(last()).toMatchObject({ request: { status: 'verifying' }, isFollowing: true });
        await pass(1000);
        await pass(1000);
        expect(last()).toMatchObject({ request: { status: 'done' }, isFollowing: false });
        expect(send).toHaveBeenCalledTimes(1);
        expect(check).toHaveBeenCalledTimes(2);
        expect(jest.getTimerCount()).toBe(0);
    });
    it('tells nothing that arrives after it was stopped', async () => {
        let arrive: (view: unknown) => void = () => undefined;
        const late = new Promise((resolve) => {
            arrive = resolve;
        });
        jest.mocked(send).mockReturnValueOnce(late as never);
        follower.follow(ready);
        await settled();
        const told = seen.length;
        follower.stop();
        arrive(verifying);
        await settled();
        expect(seen).toHaveLength(told);
        expect(jest.getTimerCount()).toBe(0);
    });
    it('does not send what another browser has sent already', async () => {
        jest.mocked(check).mockResolvedValue(done);
        await follower.follow({ ...ready, status: 'sent' });
        expect(send).not.toHaveBeenCalled();
        expect(last()?.request.status).toBe('done');
    });
    it('goes on after a lost connection, and says so meanwhile', async () => {
        jest.mocked(send).mockRejectedValueOnce({ status: 0 }).mockResolvedValueOnce(done);
        follower.follow(ready);
        await settled();
        expect(last()).toMatchObject({ problem: { code: 'SALESFORCE_UNREACHABLE' }, isFollowing: true });
        await pass(1000);
        expect(last()).toEqual({ request: done, isFollowing: false });
    });
    it('asks ever more rarely and stops after about two minutes', async () => {
        jest.mocked(check).mockResolvedValue(verifying);
        follower.follow(verifying);
        await settled();
        const asked = (): number => jest.mocked(check).mock.calls.length;
        await jest.advanceTimersByTimeAsync(60_000);
        const inTheFirstMinute = asked();
        await jest.advanceTimersByTimeAsync(600_000);
        expect(inTheFirstMinute).toBeGreaterThan(asked() - inTheFirstMinute);
        expect(asked()).toBe(11);
        expect(last()).toMatchObject({ request: { status: 'verifying' }, isFollowing: false });
        expect(jest.getTimerCount()).toBe(0);
    });
    it('reports nothing more once it was stopped', async () => {
        jest.mocked(check).mockResolvedValue(verifying);
        follower.follow(verifying);
        await settled();
        follower.stop();
        const count = seen.length;
        await pass(10_000);
        expect(seen).toHaveLength(count);
        expect(check).toHaveBeenCalledTimes(1);
    });
    it('sends a held request again when somebody asks again, for the cause may be mended', async () => {
        jest.mocked(send).mockResolvedValue({ ...ready, status: 'done' });
        await follower.follow({ ...ready, status: 'held' });
        expect(send).toHaveBeenCalledTimes(1);
        expect(check).not.toHaveBeenCalled();
    });
    it('does not send a held request that has its number: only the Account has to take it', async () => {
        const customer = { system: 'ERPCLNT100', number: '0000104731', display: '104731' };
        jest.mocked(check).mockResolvedValue({ ...ready, status: 'done', customer });
        await follower.follow({ ...ready, status: 'held', customer });
        expect(send).not.toHaveBeenCalled();
        expect(check).toHaveBeenCalledTimes(1);
    });
    it.each([
        ['ready', false],
        ['sent', false],
        ['verifying', false],
        ['held', true],
        ['done', true],
        ['refused', true],
    ])('knows that %s is the end: %s', (status, expected) => {
        expect(isEnded({ ...ready, status })).toBe(expected);
    });
});
