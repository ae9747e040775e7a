import { randomUUID } from 'node:crypto';
import type { Capacity } from '../access/index.ts';
import { parseStored } from '../event-store/index.ts';
import type { Actor } from '../ledger/index.ts';
import { actingAs, ledgerInAFolder, type LedgerInAFolder, type Said } from '../../test/ledger-in-a-folder.ts';

/*
 * Nobody ends their own work as done: the ways around it that were found, each closed; and the ordinary ways, each open. The rule
 * stands in docs/writing.md; `test/property/separation.spec.ts` tries arrangements by chance.
 */

const why = { reason: 'As the minutes say.' };
const authority = { delegation: 'SoD-4' };
const OWN = 'OWNER_MAY_NOT_SIGN_OFF';

let house: LedgerInAFolder;
let board: string;
/** Persons whom the directory knows, by what they are called here. */
let people: Record<'chief' | 'deputy' | 'chair' | 'clerk' | 'officer' | 'other' | 'monitoring', string>;

const on = (day: string) => house.clock.set(`${day}T12:00:00.000Z`);
const as = (post: string, person?: keyof typeof people, capacity?: Capacity) =>
  actingAs(() => house.ledger.dispatch, post, person === undefined ? undefined : people[person], capacity);
const officer = () => as('opcc-officer', 'officer');
const monitoring = () => as('monitoring-officer', 'monitoring');
/** Keeps the directory: whoever may. */
const keeps = async (said: Said): Promise<string> => {
  for (const who of [officer(), monitoring()]) {
    const outcome = await who.submit({ ...why, ...said }, 'directory');
    if (outcome.outcome === 'accepted') return outcome.ref;
    if (outcome.outcome !== 'forbidden') throw new Error(JSON.stringify(outcome));
  }
  throw new Error(`nobody may ${said.type}`);
};
const appoint = (ref: string, person: keyof typeof people, from: string, more: object = {}) =>
  keeps({ type: 'AppointHolder', ref, person: people[person], effectiveOn: from, ...more });

beforeEach(async () => {
  house = await ledgerInAFolder({ at: '2023-05-01T12:00:00.000Z' });
  people = { officer: 'person-offic', monitoring: 'person-monit' } as typeof people;
  const names = ['chief', 'deputy', 'chair', 'other', 'clerk'] as const;
  for (const name of names) people[name] = await keeps({ type: 'AddPerson', name });
  await keeps({ type: 'AddBody', as: 'CGB', name: 'Board' });
  for (const [post, capacity] of [
    ['chief-constable', 'force-lead'],
    ['deputy-chief', 'force-lead'],
    ['opcc', 'opcc-officer'],
    ['deputy-commissioner', 'commissioner'],
  ] as const)
    await keeps({ type: 'AddPost', as: post, name: post, capacity });
  on('2023-06-01');
  board = await officer().does({ type: 'ScheduleMeeting', body: 'CGB', on: '2023-06-01' });
  await officer().does({ type: 'HoldMeeting', ref: board });
});
afterEach(() => house.remove());

async function raised(owner: string): Promise<string> {
  const ref = await officer().does({ type: 'RaiseAction', meeting: board, title: 't', owner });
  await as('commissioner', 'chair').does({ type: 'AgreeAction', ref });
  return ref;
}
/** Raised on 1 June, reported complete by a post for which an officer types it. */
async function reported(owner = 'chief-constable', by = owner): Promise<string> {
  const ref = await raised(owner);
  await as('opcc', 'other', 'opcc-officer').does({ type: 'ReportActionComplete', ref, text: 'Done.', by, authority });
  return ref;
}
const signOff = (ref: string, more: object = {}): Said => ({ type: 'SignOffAction', ref, authority, ...why, ...more });
const convert = (ref: string, more: object = {}): Said => ({
  type: 'ConvertAction',
  ref,
  into: 'FORWARD_PLAN_ITEM',
  authority,
  ...why,
  ...more,
});
async function recorded(type: string): Promise<{ id: string; actor: Actor }> {
  const { events } = await house.ledger.store.readAll(undefined, 500);
  const stored = events.map(parseStored).findLast(({ header }) => header.type === type)!;
  return { id: stored.header.id, actor: stored.parts.find(({ name }) => name === 'actor')!.value as unknown as Actor };
}

describe('the ways around the separation of duties', () => {
  it('is refused to a signer who came to hold the owning post since the day to which the sign-off is dated', async () => {
    const ref = await reported();
    await appoint('chief-constable', 'chair', '2023-06-10');
    on('2023-06-12');
    expect(await as('commissioner', 'chair').fails(signOff(ref, { effectiveOn: '2023-06-05' }))).toBe(OWN);
    expect(await as('commissioner', 'deputy').fails(signOff(ref, { effectiveOn: '2023-06-05' }))).toBe('accepted');
  });

  it('is refused to the holder who left that day, and to one who shared the post and has left since', async () => {
    await appoint('chief-constable', 'chief', '2023-05-01');
    await appoint('chief-constable', 'chair', '2023-05-01', { shared: true, until: '2023-06-01' });
    const ref = await reported();
    await appoint('chief-constable', 'other', '2023-06-02');
    on('2023-06-03');
    for (const person of ['chair', 'chief', 'other'] as const)
      expect(await as('commissioner', person).fails(signOff(ref))).toBe(OWN);
    expect(await as('commissioner', 'deputy').fails(signOff(ref))).toBe('accepted');
  });

  it('is undone by no correction that makes the signer’s post the owner', async () => {
    await appoint('deputy-chief', 'chair', '2023-05-01', { until: '2023-06-01' });
    const ref = await reported();
    on('2023-06-05');
    await as('commissioner', 'chair').does(signOff(ref));
    on('2023-06-09');
    const { id } = await recorded('ActionRaised');
    const correct = { type: 'Correct', ref, event: id, path: 'owner', ...why };
    expect(await officer().fails({ ...correct, is: 'deputy-chief' })).toBe('WOULD_CONTRADICT');
    expect(await officer().fails({ ...correct, is: 'commissioner' })).toBe('WOULD_CONTRADICT');
    expect(await officer().fails({ ...correct, is: 'opcc' })).toBe('accepted');
    // Who held it from then until the correction was entered stands with the correction.
    await appoint('deputy-chief', 'other', '2023-06-09');
    expect((await recorded('Corrected')).actor.holders).toBeUndefined();
  });

  it('is undone by no reassignment that is put before it, nor by voiding one', async () => {
    await appoint('deputy-chief', 'chair', '2023-05-01');
    const ref = await raised('chief-constable');
    const report = { type: 'ReportActionComplete', ref, by: 'chief-constable', authority };
    await as('opcc', 'other', 'opcc-officer').does(report);
    const { id } = await recorded('ActionReportedComplete');
    await as('commissioner', 'chair').does(signOff(ref));
    const reassign = { type: 'ReassignAction', ref, before: id, ...why };
    expect(await officer().fails({ ...reassign, owner: 'deputy-chief' })).toBe('WOULD_CONTRADICT');
    expect(await officer().fails({ ...reassign, owner: 'commissioner' })).toBe('WOULD_CONTRADICT');

    const another = await raised('deputy-chief');
    await officer().does({ type: 'ReassignAction', ref: another, owner: 'chief-constable' });
    const reassigned = await recorded('ActionReassigned');
    await as('opcc', 'other', 'opcc-officer').does({ ...report, ref: another });
    await as('commissioner', 'chair').does(signOff(another));
    const undo = { type: 'Void', ref: another, event: reassigned.id, ...why };
    expect(await monitoring().fails(undo)).toBe('WOULD_CONTRADICT');
  });

  it('is refused to an officer who would end their own action by converting it', async () => {
    const ref = await raised('opcc-officer');
    expect((await officer().submit(convert(ref))).outcome).toBe('forbidden');
    expect(await officer().fails(convert(ref, { by: 'commissioner' }))).toBe(OWN);
    expect(await as('opcc', 'officer', 'opcc-officer').fails(convert(ref, { by: 'opcc-officer' }))).toBe('forbidden');
    await appoint('chief-constable', 'chair', '2023-05-01');
    const other = await raised('chief-constable');
    expect(await as('commissioner', 'chair').fails(convert(other))).toBe(OWN);
    expect(await as('commissioner', 'deputy').fails(convert(other))).toBe('accepted');
  });

  it('is refused to an officer who types it for a post of that capacity which nobody is known to hold', async () => {
    await appoint('chief-constable', 'chief', '2023-05-01');
    const ref = await reported();
    expect(await officer().fails(signOff(ref, { by: 'deputy-commissioner' }))).toBe('SIGNER_UNKNOWN');
    await appoint('deputy-commissioner', 'clerk', '2023-06-01');
    // Of what an officer owns, they are no signer in whatever post.
    const own = await raised('opcc-officer');
    await as('opcc-officer', 'clerk').does({ type: 'ReportActionComplete', ref: own });
    expect(await as('opcc', 'clerk', 'opcc-officer').fails(signOff(own, { by: 'deputy-commissioner' }))).toBe(OWN);
    expect(await as('opcc', 'other', 'opcc-officer').fails(signOff(own, { by: 'deputy-commissioner' }))).toBe(OWN);
  });

  it('is refused to somebody whom the directory does not know, where the owner is known, as signer and as typist', async () => {
    await appoint('chief-constable', 'chief', '2023-05-01');
    const ref = await reported();
    expect(await as('commissioner').fails(signOff(ref))).toBe('SIGNER_UNKNOWN');
    await appoint('deputy-commissioner', 'deputy', '2023-05-01');
    expect(await as('opcc-officer').fails(signOff(ref, { by: 'deputy-commissioner' }))).toBe('SIGNER_UNKNOWN');
    expect(await as('monitoring-officer').fails(signOff(ref, { by: 'deputy-commissioner' }))).toBe('SIGNER_UNKNOWN');
    const outcome = await as('commissioner').submit(signOff(ref));
    expect(outcome).toMatchObject({ refusal: { field: 'by', sentence: expect.stringContaining('does not know who') } });
    // Where nobody knows the owner either, nobody can be told from them: the post alone decides.
    const unknown = await reported('deputy-chief');
    expect(await as('commissioner').fails(signOff(unknown))).toBe('accepted');
  });

  it('is refused whichever of several holders may have signed', async () => {
    await appoint('chief-constable', 'chair', '2023-05-01', { until: '2023-06-01' });
    await appoint('deputy-commissioner', 'deputy', '2023-05-01');
    const ref = await reported();
    await appoint('deputy-commissioner', 'chair', '2023-06-02', { shared: true });
    on('2023-06-03');
    const typed = signOff(ref, { by: 'deputy-commissioner' });
    expect(await officer().fails(typed)).toBe(OWN);
    expect(await officer().fails({ ...typed, effectiveOn: '2023-06-01' })).toBe('accepted');
  });

  it('is asked again of a sign-off that is restored', async () => {
    await appoint('deputy-chief', 'chair', '2023-05-01');
    const ref = await reported();
    await as('commissioner', 'chair').does(signOff(ref));
    const { id } = await recorded('ActionSignedOff');
    await monitoring().does({ type: 'Void', ref, event: id, ...why });
    const raisedAt = await recorded('ActionRaised');
    const correct = { type: 'Correct', ref, event: raisedAt.id, path: 'owner', is: 'deputy-chief', ...why };
    await officer().does(correct);
    expect(await monitoring().fails({ type: 'Restore', ref, event: id, ...why })).toBe(OWN);
  });

  it('is met by an import too: of it, only whom the paper names counts', async () => {
    await appoint('deputy-chief', 'chair', '2023-05-01');
    await appoint('deputy-commissioner', 'chair', '2023-05-01');
    const importing = async (said: Said, by: string | null): Promise<string> => {
      const { type, ref, ...rest } = said;
      const outcome = await house.ledger.dispatch.submit({
        register: 'actions',
        command: { type, ref, ...('text' in rest ? { text: rest['text'] } : {}) } as never,
        envelope: { commandId: randomUUID(), by, authority: 'notStated', effectiveOn: '2023-06-01' },
        caller: { post: 'opcc-officer', person: people.chair, capacity: 'opcc-officer' },
        importId: 'papers',
      });
      return outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome;
    };
    const ref = await raised('deputy-chief');
    expect(await importing({ type: 'ReportActionComplete', ref, text: 'Done.' }, 'deputy-chief')).toBe('accepted');
    expect(await importing({ type: 'SignOffAction', ref }, 'deputy-chief')).toBe('forbidden');
    expect(await importing({ type: 'SignOffAction', ref }, 'deputy-commissioner')).toBe(OWN);
    expect(await importing({ type: 'SignOffAction', ref }, 'commissioner')).toBe('accepted');
  });
});

describe('what the directory learns afterwards', () => {
  it('unmakes no sign-off, and stands in the way of no correction that has to do with neither', async () => {
    const ref = await reported();
    on('2023-06-05');
    await as('commissioner', 'chair').does(signOff(ref));
    await appoint('chief-constable', 'chair', '2023-05-01');
    const { id } = await recorded('ActionRaised');
    expect(await officer().fails({ type: 'Correct', ref, event: id, path: 'title', is: 'u', ...why })).toBe('accepted');
    expect(await officer().fails({ type: 'Correct', ref, event: id, path: 'priority', is: 'HIGH', ...why })).toBe(
      'accepted',
    );
    const signed = await recorded('ActionSignedOff');
    await monitoring().does({ type: 'Void', ref, event: signed.id, ...why });
    expect(await monitoring().fails({ type: 'Restore', ref, event: signed.id, ...why })).toBe('accepted');
  });
});

describe('ordinary work goes on', () => {
  const held: readonly (readonly [owner: string, holder: keyof typeof people | undefined])[] = [
    ['chief-constable', 'chief'],
    ['chief-constable', undefined],
    ['opcc', 'other'],
    ['force-lead', undefined],
    ['opcc-officer', undefined],
    ['monitoring-officer', undefined],
  ];

  it.each(held)(
    'an action of %s, held by %s, is reported by its owner and signed off by the commissioner',
    async (owner, holder) => {
      if (holder !== undefined) await appoint(owner, holder, '2023-05-01');
      const ref = await raised(owner);
      const capacity = owner === 'chief-constable' ? 'force-lead' : owner === 'opcc' ? 'opcc-officer' : undefined;
      await as(owner, holder ?? 'deputy', capacity).does({ type: 'ReportActionComplete', ref, text: 'Done.' });
      expect(await as('commissioner', 'chair').fails(signOff(ref))).toBe('accepted');
    },
  );

  it('an officer types what the owner reported and what the board signed off', async () => {
    await appoint('chief-constable', 'chief', '2023-05-01');
    await appoint('deputy-commissioner', 'deputy', '2023-05-01');
    const ref = await raised('chief-constable');
    const typing = { ref, authority };
    await officer().does({ type: 'ReportActionComplete', text: 'Done.', by: 'chief-constable', ...typing });
    expect(await officer().fails(signOff(ref, { by: 'deputy-commissioner' }))).toBe('accepted');
    expect((await recorded('ActionSignedOff')).actor.holders).toEqual([
      { post: 'chief-constable', person: people.chief, from: '2023-06-01', to: '2023-06-01' },
    ]);
  });

  it('an action that all officers share is reported by one and signed off by the commissioner, or typed by the monitoring officer', async () => {
    await keeps({ type: 'AddPost', as: 'opcc-officer', name: 'Officers', effectiveOn: '2023-05-01' });
    await appoint('opcc-officer', 'other', '2023-05-01');
    await appoint('opcc-officer', 'chief', '2023-05-01', { shared: true });
    await appoint('deputy-commissioner', 'deputy', '2023-05-01');
    for (const end of [
      (ref: string) => as('commissioner', 'chair').fails(signOff(ref)),
      (ref: string) => monitoring().fails(signOff(ref, { by: 'deputy-commissioner' })),
    ]) {
      const ref = await raised('opcc-officer');
      await as('opcc-officer', 'other').does({ type: 'ReportActionComplete', ref, text: 'Done.' });
      expect(await as('opcc-officer', 'chief').fails(signOff(ref, { by: 'deputy-commissioner' }))).toBe(OWN);
      expect(await end(ref)).toBe('accepted');
    }
  });

  it('an action of the commissioner is signed off by a deputy, or by the monitoring officer on the authority of a meeting', async () => {
    const own = async () => {
      const ref = await raised('commissioner');
      await as('commissioner', 'chair').does({ type: 'ReportActionComplete', ref, text: 'Done.' });
      return ref;
    };
    const meeting = { authority: { meeting: board } };
    const [first, second, third] = [await own(), await own(), await own()];
    expect(await as('commissioner', 'deputy').fails(signOff(first))).toBe(OWN);
    expect(await as('deputy-commissioner', 'chair', 'commissioner').fails(signOff(first))).toBe(OWN);
    expect(await as('deputy-commissioner', 'deputy', 'commissioner').fails(signOff(first))).toBe('accepted');
    expect(await monitoring().fails(signOff(second))).toBe('MEETING_NEEDED');
    expect(await monitoring().fails(signOff(second, meeting))).toBe('accepted');
    expect(await officer().fails(signOff(third, { by: 'monitoring-officer', ...meeting }))).toBe('accepted');
    // Of another's work the monitoring officer is no signer, whatever met.
    expect(await monitoring().fails(signOff(await reported(), meeting))).toBe('forbidden');
    expect(await monitoring().fails(convert(await raised('commissioner'), meeting))).toBe('accepted');
  });

  it('an import brings an action of each kind of post to its end, also one of the post that runs it', async () => {
    for (const owner of ['chief-constable', 'opcc', 'opcc-officer', 'force-lead', 'monitoring-officer']) {
      const row = async (command: object, by: string | null): Promise<string> => {
        const outcome = await house.ledger.dispatch.submit({
          register: 'actions',
          command: command as never,
          envelope: { commandId: randomUUID(), by, authority: { meeting: board }, effectiveOn: '2023-06-01' },
          caller: { post: 'opcc-officer', person: people.officer, capacity: 'opcc-officer' },
          importId: 'papers',
        });
        if (outcome.outcome !== 'accepted') throw new Error(`${owner}: ${JSON.stringify([command, outcome])}`);
        return outcome.ref;
      };
      const ref = await row({ type: 'RaiseAction', meeting: board, title: 't', owner }, null);
      await row({ type: 'AgreeAction', ref }, 'commissioner');
      await row({ type: 'ReportActionComplete', ref, text: 'Done.' }, owner);
      await row({ type: 'SignOffAction', ref }, owner === 'chief-constable' ? null : 'commissioner');
      // Whoever runs it did nothing that the papers print.
      expect((await recorded('ActionReportedComplete')).actor.by).toEqual({ post: owner });
    }
  });

  it('the chair of a board gives every command on actions that an officer may', async () => {
    const chair = as('commissioner', 'chair');
    const ref = await raised('chief-constable');
    const { id } = await recorded('ActionRaised');
    const said: readonly Said[] = [
      { type: 'ExtendActionDueDate', ref, due: { on: '2023-12-01' } },
      { type: 'DeferAction', ref, until: '2023-12-01' },
      { type: 'ReassignAction', ref, owner: 'opcc' },
      { type: 'Correct', ref, event: id, path: 'title', is: 'Other words' },
      { type: 'RecordOtherwiseStated', ref, path: 'title', says: 'Yet others', source: { document: 'd' } },
      { type: 'MergeAction', ref, into: await raised('opcc') },
      { type: 'SupersedeAction', ref: await raised('opcc'), supersededBy: await raised('opcc') },
      { type: 'RaiseAction', body: 'CGB', title: 't' },
    ];
    for (const one of said) expect([one.type, await chair.fails({ ...why, ...one })]).toEqual([one.type, 'accepted']);
  });
});
