import { randomBytes, randomUUID } from 'node:crypto';
import type { ReferenceWanted } from '../ledger/index.ts';
import { actingAs, ledgerInAFolder, type LedgerInAFolder } from '../../test/ledger-in-a-folder.ts';
import { references } from './references.ts';

const SERIES = 'CGB-2023-06';
const NEXT: ReferenceWanted = { series: SERIES, stem: `${SERIES}-A`, style: 'NEXT' };
const RANDOM: ReferenceWanted = { ...NEXT, style: 'RANDOM' };
/** Bytes that stand for digits among the characters of random references; nonces are any bytes. */
const digitsAlone = (length: number) =>
  length > 16 ? randomBytes(length) : Uint8Array.from(randomBytes(length), (byte) => 23 + (byte % 8));

let house: LedgerInAFolder;
beforeEach(async () => {
  house = await ledgerInAFolder();
});
afterEach(() => house.remove());

function referencesWith(bytes: (length: number) => Uint8Array) {
  const { store, keys } = house.ledger;
  const stamp = () => '2023-10-09T11:00:00.000Z';
  return references({ store, keys, ids: { uuid: randomUUID, bytes }, stamp, isStopping: () => false });
}

describe('a random reference', () => {
  it('has a shape that no number has, whatever chance gives', async () => {
    const reserved = referencesWith(digitsAlone);
    for (let n = 0; n < 20; n += 1)
      expect(await reserved.reserve(RANDOM, `actions-${n}`)).toMatch(/^CGB-2023-06-A[a-z][a-z2-9]{4}$/);
  });

  it('leaves the numbers of its series as they were', async () => {
    const reserved = referencesWith(randomBytes);
    expect(await reserved.reserve(NEXT, 'actions-1')).toBe('CGB-2023-06-A1');
    for (let n = 0; n < 40; n += 1) await reserved.reserve(RANDOM, `actions-random-${n}`);
    expect(await reserved.reserve(NEXT, 'actions-2')).toBe('CGB-2023-06-A2');
  });

  it('is still found, and counts for no number, where an earlier version made it of digits alone', async () => {
    const reserved = referencesWith(randomBytes);
    await reserved.reserve(NEXT, 'actions-1');
    await reserved.reserve({ series: SERIES, stem: `${SERIES}-A23456`, style: 'EXACT' }, 'actions-old');
    const reopened = referencesWith(randomBytes);
    expect(await reopened.reserve(NEXT, 'actions-2')).toBe('CGB-2023-06-A2');
    expect(await reopened.streamOf(SERIES, `${SERIES}-A23456`)).toBe('actions-old');
  });
});

describe('meetings of one day', () => {
  it('are numbered in the order in which they were scheduled, whatever meetings there are that not everybody may know of', async () => {
    const officer = actingAs(() => house.ledger.dispatch, 'opcc-officer');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
    const on = '2023-11-20';
    const schedule = (more: object = {}) => officer.does({ type: 'ScheduleMeeting', body: 'CGB', on, ...more });
    const hidden = [
      await schedule({ session: 'CLOSED' }),
      await schedule({ marking: { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } }),
    ];
    expect(await schedule()).toBe('CGB-2023-11-20');
    hidden.push(await schedule({ session: 'CLOSED' }));
    expect(await schedule()).toBe('CGB-2023-11-20-2');
    for (const ref of hidden) expect(ref).toMatch(/^CGB-2023-11-20-[a-z][a-z2-9]{4}$/);
    // Found again under its reference, and named as where an action was raised.
    const raised = await officer.does({ type: 'RaiseAction', meeting: hidden[0]!, title: 'Of the closed session' });
    expect(raised).toMatch(/^CGB-2023-11-A[a-z][a-z2-9]{4}$/);
  });
});
