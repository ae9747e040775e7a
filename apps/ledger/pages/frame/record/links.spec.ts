import { OFFICIAL_OPEN } from '../../../../../libs/ledger/index.ts';
import type { Reader } from '../../../../../libs/access/index.ts';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../../../../test/ledger-being-read.ts';
import { KINDS } from '../../kinds.ts';
import { addressOf } from '../dates.ts';
import { drawingFor } from '../drawing.ts';
import type { Visit } from '../visits.ts';
import { links } from './links.ts';

describe('the links of a risk on its page', () => {
  let ledger: LedgerBeingRead;
  let risk: string;
  const actions: string[] = [];

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2024-01-10T12:00:00.000Z' });
    const [officer, commissioner] = [ledger.as('opcc-officer'), ledger.as('commissioner')];
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
    risk = await officer.does({ type: 'ProposeRisk', body: 'CGB', register: 'OPCC', kind: 'THREAT', title: 'A risk' });
    const hidden = { marking: { ...OFFICIAL_OPEN, sensitive: true } };
    for (const more of [{}, {}, hidden]) {
      const ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'To be done', ...more });
      await officer.does({ type: 'LinkRecord', ref, to: risk, as: 'FOLLOWS_FROM' }, 'actions');
      actions.push(ref);
    }
    await commissioner.does({ type: 'WithdrawAction', ref: actions[1]!, reason: 'Done otherwise.' });
    await officer.does({ type: 'LinkRecord', ref: risk, to: 'CGB', as: 'IS_ABOUT' }, 'risks');
  });
  afterAll(() => ledger.remove());

  async function shown(reader: Reader) {
    const view = await ledger.view({}, reader);
    const link: Visit['link'] = (path, parameters = []) => addressOf(path, {}, parameters);
    const visit = { view, link, offers: () => Promise.resolve([]) } as unknown as Visit;
    const kind = KINDS.risk;
    const at = { visit, kind, ref: risk, record: null, mistake: null, drawing: drawingFor(visit, kind) };
    const { tables } = (await links.show(at)) as unknown as {
      readonly tables: readonly {
        readonly rows: readonly { readonly name: { text: string }; readonly state: string | null }[];
      }[];
    };
    return tables.flatMap(({ rows }) => rows.map(({ name, state }) => [name.text, state]));
  }

  it('say where each action stands, so that one sees which are open, and nothing of a record without states', async () => {
    expect(await shown(FULL)).toEqual([
      ['Board', null],
      [actions[0], 'Proposed'],
      [actions[1], 'Withdrawn'],
      [actions[2], 'Proposed'],
    ]);
    expect(await shown(OFFICIAL)).toEqual([
      ['Board', null],
      [actions[0], 'Proposed'],
      [actions[1], 'Withdrawn'],
    ]);
  });
});
