import { PUBLIC, readerFor } from '../../libs/access/index.ts';
import { ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { countActions, findAction, listActions } from './queries.ts';

/** The actions of the Corporate Governance Board as the Police and Crime Panel saw them on 9 October 2023 (S1:L1834-1846). */
let ledger: LedgerBeingRead;
let officer: ReturnType<LedgerBeingRead['as']>;
let commissioner: ReturnType<LedgerBeingRead['as']>;

beforeAll(async () => {
  ledger = await ledgerBeingRead({ at: '2023-04-19T12:00:00.000Z' });
  officer = ledger.as('opcc-officer');
  commissioner = ledger.as('commissioner');
  await officer.does({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board', effectiveOn: '2023-04-19' });
  await officer.does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-04-19' });
});
afterAll(() => ledger.remove());

describe('smoke', () => {
  it('answers', async () => {
    const ref = await officer.does({ type: 'RaiseAction', meeting: 'CGB-2023-04-19', title: 'Populate the tracker', owner: 'force-lead', due: { on: '2023-05-01' } });
    const view = await ledger.view();
    console.log(view.basis, await findAction(view, ref), await view.text((await findAction(view, ref))?.state.title));
    console.log(JSON.stringify(await listActions(view, { text: 'TRACKER', overdue: false }, {})));
    console.log(await countActions(view, 'BODY', {}));
    console.log(await ledger.models.compare(), await ledger.models.status());
    await ledger.models.rebuild();
    console.log(await countActions(await ledger.view({}, OFFICIAL), 'OWNER', {}), await countActions(await ledger.view({}, PUBLIC), 'OWNER', {}), readerFor, commissioner !== undefined);
  });
});
