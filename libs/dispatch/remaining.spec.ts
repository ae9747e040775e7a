import { randomUUID } from 'node:crypto';
import { FULL, ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import { findAction, listActions } from '../../projections/index.ts';

const SENSITIVE = { classification: 'OFFICIAL', sensitive: true, session: 'OPEN' } as const;
const AUTHORITY = { authority: { delegation: 'SoD-4' } };

/** Nothing is signed off in part: what remains is raised as an action of its own, before. */
describe('a sign-off that leaves something to be done', () => {
  let ledger: LedgerBeingRead;
  let officer: ReturnType<LedgerBeingRead['as']>;
  let commissioner: ReturnType<LedgerBeingRead['as']>;
  let lead: ReturnType<LedgerBeingRead['as']>;

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2023-10-09T11:00:00.000Z' });
    officer = ledger.as('opcc-officer');
    commissioner = ledger.as('commissioner');
    lead = ledger.as('force-lead');
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Board' });
  });
  afterAll(() => ledger.remove());

  async function reported(more: object = {}): Promise<string> {
    const ref = await officer.does({
      type: 'RaiseAction',
      body: 'CGB',
      title: 'Write it',
      owner: 'force-lead',
      ...more,
    });
    await commissioner.does({ type: 'AgreeAction', ref });
    await lead.does({ type: 'ReportActionComplete', ref });
    return ref;
  }
  const signOff = (ref: string, commandId: string = randomUUID(), more: object = {}) => ({
    ...{ type: 'SignOffAction', ref, commandId, ...AUTHORITY },
    remaining: [{ title: 'Publish it', owner: 'force-lead', due: '2023-12-01' }, { title: 'Tell the panel' }],
    ...more,
  });
  const all = async (reader = FULL) => {
    const view = await ledger.view({}, reader);
    const { edges } = await listActions(view, {}, { first: 500 });
    return Promise.all(
      edges.map(async ({ node: { ref, state } }) => [ref, (await view.text(state.title)) ?? '', state.status] as const),
    );
  };
  /** References of the actions that there are. */
  const known = async (reader = FULL) => (await all(reader)).map(([ref]) => ref);
  const raisedSince = async (before: readonly string[]) => (await all()).filter(([ref]) => !before.includes(ref));
  const statusOf = async (ref: string) => (await findAction(await ledger.view(), ref))!.state.status;

  it('raises it as actions of the same body that follow from the one that is signed off', async () => {
    const ref = await reported();
    const before = await known();
    await commissioner.does(signOff(ref));
    expect(await statusOf(ref)).toBe('SIGNED_OFF');
    const raised = await raisedSince(before);
    expect(raised.map(([, title, status]) => [title, status])).toEqual([
      ['Publish it', 'PROPOSED'],
      ['Tell the panel', 'PROPOSED'],
    ]);
    const { state } = (await findAction(await ledger.view(), raised[0]![0]))!;
    expect(state).toMatchObject({ body: 'CGB', owner: 'force-lead', due: { current: { on: '2023-12-01' } } });
    expect((state as { linked?: unknown }).linked).toMatchObject([{ to: ref, as: 'FOLLOWS_FROM' }]);
  });

  it('is answered the same when it is sent again, and raises nothing more', async () => {
    const ref = await reported();
    const command = signOff(ref);
    const first = await commissioner.submit(command);
    const before = await known();
    expect(await commissioner.submit(command)).toEqual({ ...first, repeated: true });
    expect(await known()).toEqual(before);
    expect(await commissioner.fails({ ...command, remaining: [{ title: 'Another' }] })).toBe('COMMAND_ID_REUSED');
  });

  it.each([
    ['of its own work', 'OWNER_MAY_NOT_SIGN_OFF', { owner: 'commissioner' }, {}],
    ['without an authority', 'SIGN_OFF_NEEDS_AUTHORITY', {}, { authority: undefined }],
    [
      'that leaves something due before it',
      'DUE_BEFORE_RAISED',
      {},
      { remaining: [{ title: 'x', due: '2023-01-01' }] },
    ],
    ['that leaves something to nobody', 'UNKNOWN_POST', {}, { remaining: [{ title: 'x', owner: 'nobody' }] }],
  ])('%s is refused and raises nothing (%s)', async (_, code, raising, more) => {
    const ref = await officer.does({ type: 'RaiseAction', body: 'CGB', title: 'x', owner: 'force-lead', ...raising });
    await commissioner.does({ type: 'AgreeAction', ref });
    await ('owner' in raising ? commissioner : lead).does({ type: 'ReportActionComplete', ref });
    const before = await known();
    expect(await commissioner.fails(signOff(ref, randomUUID(), more))).toBe(code);
    expect([await known(), await statusOf(ref)]).toEqual([before, 'REPORTED_COMPLETE']);
  });

  it('that is cut off in between leaves an open action, and is finished by sending it again', async () => {
    const ref = await reported();
    const before = await known();
    const command = signOff(ref);
    const { store } = ledger.ledger;
    const append = store.append.bind(store);
    let appended = 0;
    const cutting = store as { append: typeof store.append };
    // Two references and two actions are written; then the store is away.
    cutting.append = (stream, ...more) =>
      stream.startsWith('actions-') && (appended += 1) > 2
        ? Promise.resolve({ outcome: 'refused' } as never)
        : append(stream, ...more);
    const cut = await commissioner.submit(command);
    cutting.append = append;
    expect(cut.outcome).not.toBe('accepted');
    expect([(await raisedSince(before)).length, await statusOf(ref)]).toEqual([2, 'REPORTED_COMPLETE']);
    expect((await commissioner.submit(command)).outcome).toBe('accepted');
    expect([(await raisedSince(before)).length, await statusOf(ref)]).toEqual([2, 'SIGNED_OFF']);
  });

  it('of a sensitive action raises what is as sensitive', async () => {
    const ref = await reported({ marking: SENSITIVE });
    const seen = await known(OFFICIAL);
    const before = await known();
    await commissioner.does(signOff(ref));
    expect(await raisedSince(before)).toHaveLength(2);
    expect(await known(OFFICIAL)).toEqual(seen);
  });

  it('may be typed by an officer or the monitoring officer for the commissioner, and whoever types it raises what remains', async () => {
    for (const typist of ['opcc-officer', 'monitoring-officer']) {
      const ref = await reported();
      const before = await known();
      await ledger.as(typist).does(signOff(ref, randomUUID(), { by: 'commissioner' }));
      const [raised] = await raisedSince(before);
      expect((await findAction(await ledger.view(), raised![0]))!.state.raised.by).toBe(typist);
      expect((await findAction(await ledger.view(), ref))!.state.closed!.by).toBe('commissioner');
    }
  });
});
