import { Sessions, type Session } from './sessions.ts';

const SOMEBODY: Session = { pseudonym: 'p-1', subject: 's', idToken: 't', post: null, person: null };

describe('sessions', () => {
  let now = 0;
  const sessions = () => new Sessions({ idleMs: 100, wholeMs: 1_000 }, () => now);

  it('are found by a secret that is another each time, and by nothing else', () => {
    const all = sessions();
    const secrets = [all.begin(SOMEBODY), all.begin(SOMEBODY)];
    expect(new Set(secrets).size).toBe(2);
    for (const secret of secrets) expect(all.find(secret)).toEqual(SOMEBODY);
    for (const none of ['', 'x', `${secrets[0]}x`]) expect(all.find(none)).toBeNull();
  });

  it('go on under a new secret alone, and no longer than they would have', () => {
    const all = sessions();
    const first = all.begin(SOMEBODY);
    for (now = 0; now < 950; now += 90) all.find(first);
    const second = all.renew(first, { post: 'opcc-officer' }) ?? '';
    expect([all.find(first), all.find(second)?.post]).toEqual([null, 'opcc-officer']);
    now = 1_000;
    expect(all.find(second)).toBeNull();
    expect(all.renew(second, { post: 'commissioner' })).toBeNull();
  });

  it('are over once ended, whoever keeps the secret', () => {
    const all = sessions();
    const secret = all.begin(SOMEBODY);
    all.end(secret);
    expect(all.find(secret)).toBeNull();
  });

  it('are never so many that memory runs out: the one that was seen longest ago gives way', () => {
    now = 0;
    const all = sessions();
    const first = all.begin(SOMEBODY);
    const second = all.begin(SOMEBODY);
    for (let more = 2; more < 10_000; more += 1) all.begin(SOMEBODY);
    all.find(first);
    all.begin(SOMEBODY);
    expect([all.find(first) === null, all.find(second) === null]).toEqual([false, true]);
  });
});
