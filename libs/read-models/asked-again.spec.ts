import { readerFor, type Reader } from '../access/index.ts';
import { OFFICIAL_OPEN } from '../ledger/index.ts';
import { findAction } from '../../projections/index.ts';
import { FULL, ledgerBeingRead, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import type { AsOf } from './index.ts';

let ledger: LedgerBeingRead;
let open: string;
let hidden: string;

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2023-06-01T09:00:00.000Z' });
  const officer = ledger.as('opcc-officer');
  const raised = { type: 'RaiseAction', body: 'CGB', title: 'Review', owner: 'force-lead' };
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  await officer.does({ type: 'AddPost', as: 'chief-constable', name: 'Chief', capacity: 'force-lead' });
  open = await officer.does(raised);
  hidden = await officer.does({ ...raised, marking: { ...OFFICIAL_OPEN, sensitive: true } });
  ledger.clock.set('2023-06-10T09:00:00.000Z');
  await ledger.as('commissioner').does({ type: 'AgreeAction', ref: open, effectiveOn: '2023-06-08' });
});
afterAll(() => ledger.remove());

/** What each of these views answers of a record, one after the other. */
async function answers(ref: string, asked: readonly (readonly [AsOf, Reader])[]) {
  const found = [];
  for (const [asOf, reader] of asked) {
    const action = await findAction(await ledger.view(asOf, reader), ref);
    found.push(action === null ? null : action.state.status);
  }
  return found;
}

describe('a question that is asked again in the same words', () => {
  it('is answered for the day of its own view', async () => {
    const on = (effective: string) => [{ effective }, FULL] as const;
    const days = [on('2023-06-07'), on('2023-06-08'), on('2023-06-01'), on('2023-05-31')];
    expect(await answers(open, days)).toEqual(['PROPOSED', 'AGREED', 'PROPOSED', null]);
  });

  it('is answered for the instant of its own view, on either clock', async () => {
    const at = (recorded: string, clock: 'PROVEN' | 'STATED') => [{ recorded, clock }, FULL] as const;
    const instants = [
      at('2023-06-09T00:00:00Z', 'PROVEN'),
      at('2023-06-10T09:00:00Z', 'PROVEN'),
      at('2023-06-09T00:00:00Z', 'STATED'),
      at('2023-05-09T00:00:00Z', 'STATED'),
    ];
    expect(await answers(open, instants)).toEqual(['PROPOSED', 'AGREED', 'PROPOSED', null]);
  });

  it('is answered for the reader of its own view, also among those of one kind', async () => {
    const chief: Reader = { ...readerFor('force-lead', 'force-lead'), ownsAs: 'chief-constable' };
    const lead = readerFor('force-lead', 'force-lead');
    expect(
      await answers(hidden, [
        [{}, lead],
        [{}, chief],
        [{}, lead],
        [{}, FULL],
      ]),
    ).toEqual(['PROPOSED', null, 'PROPOSED', 'PROPOSED']);
  });

  it('is answered for what it names, and for what that links to', async () => {
    const lead = readerFor('force-lead', 'force-lead');
    const view = await ledger.view({}, lead);
    const found = await Promise.all([
      findAction(view, hidden),
      findAction(view, open),
      findAction(view, 'CGB-2023-06-A9'),
    ]);
    expect(found.map((action) => action?.state.status ?? null)).toEqual(['PROPOSED', 'AGREED', null]);
    expect((await findAction(await ledger.view({}, lead), open))?.state).toMatchObject({
      body: 'CGB',
      owner: 'force-lead',
    });
  });
});
