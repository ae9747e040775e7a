import { join } from 'node:path';
import { projectRoot } from '../../apps/ledger/graphql/schema-files.ts';
import type { Caller } from '../../libs/dispatch/index.ts';
import { readImport, runImport, type ImportOutcome } from '../../libs/import/index.ts';
import { pseudonymOf } from '../../libs/keys/index.ts';
import { drawing } from '../../libs/policies/index.ts';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import { standingClock } from '../ledger-in-a-folder.ts';
import type { Client, Json } from './client.ts';
import type { Place, ServedLedger } from './served-ledger.ts';

/*
 * The illustrative panel (`examples/jarap-illustrative`): what its README says is worth a look, each asked through the API.
 */

export const PANEL = join(projectRoot(), 'examples', 'jarap-illustrative');
/** A day after all that it tells. */
export const AFTERWARDS = '2025-07-01T09:00:00.000Z';
/** A machine that does much else builds the read models of so many rows slowly. */
export const READY_WITHIN_MS = 180_000;

/** Loads rows without a rehearsal: whatever is refused is told. */
export async function loadRows({ settings }: Pick<Place, 'settings'>): Promise<ImportOutcome> {
  const read = await readImport(PANEL);
  if (!('plan' in read)) throw new Error(JSON.stringify(read.problems));
  const ledger = await openRunningLedger(settings, 'import', { clock: standingClock(AFTERWARDS) });
  try {
    const person = pseudonymOf(ledger.keys, 'operator');
    const caller: Caller = { post: 'opcc-officer', person, capacity: 'opcc-officer' };
    return await runImport(read.plan, {
      ...{ ledgerId: ledger.ledgerId, caller, grants: true, mode: 'load' },
      submit: drawing(ledger.dispatch, ledger.ledgerId).submit,
    });
  } finally {
    await ledger.close();
  }
}

/** The stories, told by a ledger that holds them. */
export function stories(serve: () => Promise<ServedLedger>): void {
  let served: ServedLedger;
  let officer: Client;

  beforeAll(async () => {
    served = await serve();
    officer = await served.as('opcc-officer');
  }, 600_000);
  afterAll(() => served?.remove());

  /** One record on several days, and as known on several: `{ effective, recorded, clock }` of each. */
  async function at(field: string, ref: string, of: string, ...when: readonly Json[]): Promise<readonly Json[]> {
    const parts = when.map(
      (_, index) => `at${index}: ledger(asOf: $when${index}) { found: ${field}(ref: $ref) { ${of} } }`,
    );
    const declared = when.map((_, index) => `$when${index}: AsOf`).join(', ');
    const variables = Object.fromEntries(when.map((asOf, index) => [`when${index}`, asOf]));
    const answer = await officer.runs(`query ($ref: ID!, ${declared}) { ${parts.join(' ')} }`, { ref, ...variables });
    return when.map((_, index) => answer[`at${index}`].found);
  }
  const on = (...days: readonly string[]) => days.map((effective) => ({ effective }));
  /** As known at noon of a day. */
  const known = (effective: string, ...days: readonly string[]) =>
    days.map((day) => ({ effective, recorded: `${day}T12:00:00.000Z` }));

  const CONDITIONS =
    'status reviewDue conditions { accepted acceptanceLapsed reviewOverdue controlOverdue unscored isNew }';
  const CURRENT =
    'current { likelihood impact version now { version band highest toBeScoredAnew } then { version band } }';

  describe('a risk', () => {
    it('goes back and forth between registers, and is never closed', async () => {
      const days = on('2024-05-13', '2024-05-14', '2024-10-21', '2024-10-22', '2025-02-17', '2025-02-18', '2025-06-30');
      const found = await at('risk', 'FENFORCE-2024-01-K1', 'register ended { effectiveOn } moves { is }', ...days);
      expect(found.map(({ register }) => register)).toEqual([
        ...['FORCE', 'JOINT', 'JOINT', 'FORCE', 'FORCE', 'JOINT', 'JOINT'],
      ]);
      expect(found.at(-1).moves).toEqual([{ is: 'ESCALATED' }, { is: 'DEESCALATED' }, { is: 'ESCALATED' }]);
      expect(found.every(({ ended }) => ended === null)).toBe(true);
    });

    it('is accepted until a day that passes between two panels, twice', async () => {
      const days = ['2024-05-31', '2024-06-01', '2024-07-17', '2024-07-22', '2024-12-31', '2025-01-01', '2025-02-05'];
      const found = await at('risk', 'FENOPCC-2024-01-K1', CONDITIONS, ...on(...days));
      expect(found.map(({ conditions: { accepted, acceptanceLapsed } }) => [accepted, acceptanceLapsed])).toEqual([
        [true, false],
        [false, true],
        [false, true],
        [true, false],
        [true, false],
        [false, true],
        // Looked at since.
        [false, false],
      ]);
      expect([found[1].status, found[2].status, found[5].status]).toEqual(Array(3).fill('AWAITING_REVIEW'));
    });

    it('reviewed on 31 January with a monthly interval is due on the last day of February, and overdue the day after', async () => {
      const days = on('2024-01-31', '2024-02-28', '2025-01-31', '2025-02-28', '2025-03-01', '2025-03-07');
      const found = await at('risk', 'FENFORCE-2024-01-K3', CONDITIONS, ...days);
      expect(found.map(({ reviewDue, conditions }) => [reviewDue, conditions.reviewOverdue])).toEqual([
        ['2024-02-29', false],
        ['2024-02-29', false],
        ['2025-02-28', false],
        ['2025-02-28', false],
        ['2025-02-28', true],
        ['2025-04-07', false],
      ]);
    });

    it('reads as high from the day of the new bands, and is to be scored anew from that of the new axes, while its score stays', async () => {
      const days = on('2024-09-30', '2024-10-01', '2025-03-31', '2025-04-01');
      const found = await at('risk', 'FENFORCE-2024-01-K13', CURRENT, ...days);
      expect(found.map(({ current }) => [current.likelihood, current.impact, current.version])).toEqual(
        Array(4).fill([2, 4, '1']),
      );
      expect(found.map(({ current: { now } }) => [now.version, now.band, now.highest, now.toBeScoredAnew])).toEqual([
        ['1', 'Medium', false, false],
        ['2', 'High', true, false],
        ['2', 'High', true, false],
        // It keeps the band of its own version, by which it was medium.
        ['1', 'Medium', false, true],
      ]);
      expect(found.map(({ current }) => current.then)).toEqual(Array(4).fill({ version: '1', band: 'Medium' }));
    });

    it('is scored anew on five steps, and set against no score on four', async () => {
      const [before, after] = await at(
        'risk',
        'FENFORCE-2024-01-K15',
        `${CURRENT} sinceBefore toTarget conditions { atTarget toBeScoredAnew }`,
        ...on('2025-04-23', '2025-04-24'),
      );
      expect(before).toMatchObject({ toTarget: 'SAME', conditions: { atTarget: true, toBeScoredAnew: true } });
      expect(after).toMatchObject({
        ...{ sinceBefore: null, toTarget: null, conditions: { atTarget: false, toBeScoredAnew: false } },
        current: { likelihood: 2, impact: 5, version: '3', now: { band: 'Medium' } },
      });
    });

    it('is overdue for review and for a control at once, and says the first', async () => {
      const found = await at('risk', 'FENOPCC-2024-06-K1', CONDITIONS, ...on('2025-05-14', '2025-05-15', '2025-06-11'));
      expect(found.map(({ status }) => status)).toEqual(['AWAITING_REVIEW', 'OVERDUE_CONTROL', 'MANAGED']);
      expect(found[0].conditions).toMatchObject({ reviewOverdue: true, controlOverdue: true });
      expect(found[1].conditions).toMatchObject({ reviewOverdue: false, controlOverdue: true });
    });

    it('is unscored for six months', async () => {
      const days = on('2024-03-27', '2024-09-25', '2024-09-26');
      const found = await at('risk', 'FENFORCE-2024-03-K4', CONDITIONS, ...days);
      expect(found.map(({ conditions }) => conditions.unscored)).toEqual([true, true, false]);
    });

    it('awaits review under a new responsible officer', async () => {
      const days = on('2024-06-18', '2024-06-19', '2024-09-18', '2024-09-19');
      const found = await at('risk', 'FENFORCE-2024-02-K4', `owner { ref } ${CONDITIONS}`, ...days);
      expect(found.map(({ owner, conditions }) => [owner.ref, conditions.isNew])).toEqual([
        ['fen-head-of-neighbourhoods', false],
        ['fen-assistant-chief-constable', true],
        ['fen-assistant-chief-constable', true],
        ['fen-assistant-chief-constable', false],
      ]);
    });

    it('is not accepted until what was asked for is refused and asked for otherwise', async () => {
      const days = on('2024-09-30', '2024-10-01', '2024-10-14', '2024-10-15', '2024-10-24');
      const of = `requestsRefused asked { asksFor side until } acceptance { until } ${CONDITIONS}`;
      const found = await at('risk', 'FENOPCC-2024-01-K8', of, ...days);
      expect(found.map(({ conditions }) => conditions.accepted)).toEqual([true, false, false, false, true]);
      expect(found[1].conditions.acceptanceLapsed).toBe(true);
      expect(found[2].asked).toEqual({ asksFor: 'ACCEPTANCE', side: 'OPCC', until: '2025-06-30' });
      expect(found[3]).toMatchObject({ asked: null, requestsRefused: 1 });
      expect(found[4].acceptance.until).toBe('2025-01-31');
    });

    it('is closed and opened again, or goes on in another, or is within appetite', async () => {
      const days = on('2025-02-18', '2025-05-13', '2025-05-22');
      const licences = await at('risk', 'FENFORCE-2024-01-K19', CONDITIONS, ...days);
      expect(licences.map(({ status }) => status)).toEqual(['CLOSED', 'AWAITING_REVIEW', 'MANAGED']);
      expect(licences[1].conditions.isNew).toBe(true);
      const [merged] = await at('risk', 'FENFORCE-2024-08-K1', 'status ended { into }', ...on('2024-11-12'));
      expect(merged).toEqual({ status: 'MERGED', ended: { into: 'FENFORCE-2024-02-K1' } });
      const [heat] = await at(
        'risk',
        'FENFORCE-2024-07-K1',
        'status conditions { withinAppetite withoutControls }',
        ...on('2024-08-02'),
      );
      expect(heat).toEqual({ status: 'CONTROLLED', conditions: { withinAppetite: true, withoutControls: true } });
    });
  });

  describe('between the two clocks', () => {
    it('a control was in place for six weeks before it was entered', async () => {
      const of = 'controls { edges { node { kind standing inPlaceOn } } }';
      const found = await at('risk', 'FENFORCE-2024-01-K14', of, ...known('2024-07-16', '2024-07-16', '2024-07-17'));
      const additional = found.map(
        ({ controls }) => controls.edges.find(({ node }: Json) => node.kind === 'ADDITIONAL').node,
      );
      expect(additional).toEqual([
        { kind: 'ADDITIONAL', standing: 'NOT_IN_PLACE', inPlaceOn: null },
        { kind: 'ADDITIONAL', standing: 'IN_PLACE', inPlaceOn: '2024-06-04' },
      ]);
    });

    it('a score is corrected, and reads otherwise from the day on which that is known', async () => {
      const found = await at(
        'risk',
        'FENFORCE-2024-01-K21',
        'current { score }',
        ...known('2024-10-01', '2024-11-05', '2024-11-06'),
      );
      expect(found.map(({ current }) => current.score)).toEqual([4, 6]);
    });

    it('the day of a control is corrected', async () => {
      const found = await at(
        'risk',
        'FENFORCE-2024-03-K2',
        'controls { edges { node { inPlaceOn } } }',
        ...known('2024-08-01', '2024-08-19', '2024-08-20'),
      );
      expect(found.map(({ controls }) => controls.edges.at(-1).node.inPlaceOn)).toEqual(['2024-07-25', '2024-07-01']);
    });

    it('a score that was recorded on the day of the papers is taken back and restored between panels', async () => {
      const days = ['2024-07-07', '2024-07-08', '2024-09-17', '2024-09-18', '2024-12-03', '2024-12-04'];
      const found = await at('risk', 'FENFORCE-2024-04-K1', 'current { score }', ...known('2024-07-07', ...days));
      expect(found.map(({ current }) => current.score)).toEqual([6, 8, 8, 6, 6, 8]);
    });

    it('nothing is proven to have been known before it was loaded', async () => {
      const basis = { effective: '2024-06-30', recorded: '2024-06-30T12:00:00.000Z' };
      const found = await at(
        'risk',
        'FENFORCE-2024-01-K1',
        'ref',
        { ...basis, clock: 'STATED' },
        { ...basis, clock: 'PROVEN' },
      );
      expect(found).toEqual([{ ref: 'FENFORCE-2024-01-K1' }, null]);
    });
  });

  describe('a recommendation', () => {
    it('is closed by its auditor, opened again by the office, and closed again', async () => {
      const days = on('2024-07-07', '2024-07-08', '2025-02-11', '2025-05-22');
      const found = await at('recommendation', 'FENFORCE-2024-01-R1', 'status', ...days);
      expect(found.map(({ status }) => status)).toEqual(['REPORTED_COMPLETE', 'CLOSED', 'IN_PROGRESS', 'CLOSED']);
    });

    it('has a word that is taken back and restored', async () => {
      const days = known('2024-07-10', '2024-07-15', '2024-07-16', '2024-08-12', '2024-08-13');
      const found = await at('recommendation', 'FENFORCE-2024-01-R10', 'status', ...days);
      expect(found.map(({ status }) => status)).toEqual(['CLOSED', 'IN_PROGRESS', 'IN_PROGRESS', 'CLOSED']);
    });

    it('is closed by a new route that asks for fewer', async () => {
      const found = await at('recommendation', 'FENOPCC-2024-05-R6', 'status', ...on('2024-12-31', '2025-01-01'));
      expect(found.map(({ status }) => status)).toEqual(['SUBMITTED', 'CLOSED']);
    });

    it('is superseded with its audit, or opened again by the office', async () => {
      const [of2024] = await at(
        'recommendation',
        'FENFORCE-2024-03-R1',
        'status ended { supersededBy supersededIn }',
        ...on('2025-03-20'),
      );
      expect(of2024).toEqual({
        status: 'SUPERSEDED',
        ended: { supersededBy: 'FENFORCE-2025-03-R1', supersededIn: 'FENPANEL-2025-03-E1' },
      });
      const [audit] = await at('document', 'FENPANEL-2024-03-E5', 'status', ...on('2025-03-17'));
      expect(audit).toMatchObject({ status: 'REPLACED' });
      const days = on('2025-02-03', '2025-02-04', '2025-05-20');
      const found = await at('recommendation', 'FENFORCE-2024-03-R12', 'status', ...days);
      expect(found.map(({ status }) => status)).toEqual(['CLOSED', 'IN_PROGRESS', 'CLOSED']);
    });

    it('has a due date that was typed wrongly, which is corrected and not moved', async () => {
      const of = 'overdue due { moves { __typename } }';
      const days = known('2024-09-10', '2024-08-05', '2024-08-06');
      const found = await at('recommendation', 'FENFORCE-2024-07-R3', of, ...days);
      expect(found.map(({ overdue }) => overdue)).toEqual([true, false]);
      expect(found.map(({ due }) => due.moves)).toEqual([[], []]);
    });
  });

  it('an action that was raised twice is taken back', async () => {
    const { ledger } = await officer.runs(
      '{ ledger { action(ref: "FENPANEL-2024-11-A6") { ref } record(ref: "FENPANEL-2024-11-A6") { ref } } }',
    );
    expect(ledger).toEqual({ action: null, record: { ref: 'FENPANEL-2024-11-A6' } });
  });

  describe('a panel', () => {
    const asked = async (fields: string, client: Client = officer): Promise<Json> =>
      (await client.runs(`{ ledger(asOf: { effective: "2025-06-30" }) { ${fields} } }`)).ledger;

    it('puts an item off three times, by a panel that was called off too, and takes it up at last', async () => {
      const { agendaItems } = await asked(
        'agendaItems(filter: { body: "FENPANEL", deferredTimes: 3, state: [PRESENTED] }) { edges { node { meeting title state deferrals { meeting to } } } }',
      );
      expect(agendaItems.edges.map(({ node }: Json) => node)).toEqual([
        {
          ...{ meeting: 'FENPANEL-2024-07-16', title: 'Assurance map', state: 'PRESENTED' },
          deferrals: [
            { meeting: 'FENPANEL-2024-01-23', to: 'FENPANEL-2024-03-19' },
            { meeting: 'FENPANEL-2024-03-19', to: 'FENPANEL-2024-05-21' },
            { meeting: 'FENPANEL-2024-05-21', to: 'FENPANEL-2024-07-16' },
          ],
        },
      ]);
    });

    it('never reached three items, and what it did not reach and took up later is none of them', async () => {
      const { agendaItems, agendaItemCounts } = await asked(
        `agendaItems(filter: { body: "FENPANEL", neverReached: true }) { edges { node { meeting item } } }
        agendaItemCounts(filter: { body: "FENPANEL", neverReached: true }) { key count }`,
      );
      expect(agendaItems.edges.map(({ node }: Json) => `${node.meeting} ${node.item}`)).toEqual([
        'FENPANEL-2024-03-19 8',
        'FENPANEL-2024-11-26 8',
        'FENPANEL-2025-04-01 8',
      ]);
      expect(agendaItemCounts).toEqual([{ key: 'FENPANEL', count: 3 }]);
    });

    it('has its agenda whole for the office, and without what was for a closed session for the public, who reads that it was excluded', async () => {
      const fields = 'meeting(ref: "FENPANEL-2025-04-01") { agenda { item } items { item } exclusions { paragraphs } }';
      const [whole, open] = [(await asked(fields)).meeting, (await asked(fields, served.public)).meeting];
      expect([whole.agenda.length, whole.items.length, whole.exclusions.length]).toEqual([10, 2, 1]);
      // Its minutes are not public yet: the agenda is.
      expect(open.agenda.map(({ item }: Json) => item)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
      expect([open.items, open.exclusions]).toEqual([[], []]);
    });

    it('draws what it had before it by the last papers that give a position, and a supplementary paper moves nothing', async () => {
      const { september, november } = await asked(
        `september: meeting(ref: "FENPANEL-2024-09-24") { cutOff { effective } papers { asAt } }
        november: meeting(ref: "FENPANEL-2024-11-26") { cutOff { effective recorded } papers { asAt } }`,
      );
      expect([september.cutOff.effective, september.papers.at(-1).asAt]).toEqual(['2024-09-16', null]);
      expect(november.cutOff).toEqual({ effective: '2024-11-21', recorded: '2024-11-21T12:00:00.000Z' });
    });

    it('keeps what minutes said beside the minute that corrects them', async () => {
      const { meeting } = await asked(
        'meeting(ref: "FENPANEL-2024-07-16") { items { event text } minutes { state corrections { minute agreedAt text } } }',
      );
      const [{ minute, ...corrected }] = meeting.minutes.corrections;
      expect(meeting.items.find(({ event }: Json) => event === minute).text).toContain('a score of 8 is high');
      expect(corrected).toEqual({
        agreedAt: 'FENPANEL-2024-11-26',
        text: expect.stringContaining('8 or more is high'),
      });
      expect(meeting.minutes.state).toBe('PUBLISHED');
    });

    it('was attended by who came late and who left early, as far as each item tells', async () => {
      const { march, september } = await asked(
        `march: meeting(ref: "FENPANEL-2024-03-19") { agenda { item present { who } } }
        september: meeting(ref: "FENPANEL-2024-09-24") { agenda { item present { post { ref } } } }`,
      );
      const of = (meeting: Json, number: string) => meeting.agenda.find(({ item }: Json) => item === number).present;
      const late = (item: string) => of(march, item).some(({ who }: Json) => who === 'A member who came late');
      expect([late('3'), late('4')]).toEqual([false, true]);
      const early = (item: string) =>
        of(september, item).some(({ post }: Json) => post?.ref === 'fen-chief-finance-officer');
      expect([early('5'), early('6')]).toEqual([true, false]);
    });
  });

  describe('a decision', () => {
    const asked = async (ref: string, fields: string, client: Client = officer): Promise<Json> =>
      (await client.runs(`{ ledger(asOf: { effective: "2025-06-30" }) { decision(ref: "${ref}") { ${fields} } } }`))
        .ledger.decision;

    it('has a closed part for the office alone, and an open one for everybody', async () => {
      const fields = 'openPart { content } closedPart { content }';
      const [whole, open] = [
        await asked('FENOPCC-2024-02-D1', fields),
        await asked('FENOPCC-2024-02-D1', fields, served.public),
      ];
      expect(whole.closedPart.content).toContain('margin');
      expect(open).toEqual({ openPart: whole.openPart, closedPart: null });
    });

    it('says who was consulted and what they said, if they answered, and which post signed it, to the public too', async () => {
      const fields = 'consultations { body { ref } post { ref } who said } signed { effectiveOn signedBy { ref } }';
      const victims = await asked('FENOPCC-2024-02-D1', fields, served.public);
      expect(victims).toEqual({
        consultations: [
          {
            ...{ body: null, post: null, who: 'People who had used the service, through its advisory group' },
            said: 'That it goes on matters more to them than who runs it.',
          },
          {
            ...{ body: { ref: 'FENFORCE' }, post: null, who: null },
            said: 'Officers refer by one form, and ask that it stays.',
          },
        ],
        signed: { effectiveOn: '2024-02-28', signedBy: { ref: 'fen-commissioner' } },
      });
      const radio = await asked('FENOPCC-2024-04-D1', fields);
      expect(radio.signed).toEqual({ effectiveOn: '2024-05-15', signedBy: { ref: 'fen-chief-executive' } });
      const refuges = await asked('FENOPCC-2024-03-D1', fields);
      expect(refuges).toEqual({
        consultations: [{ body: null, post: null, who: 'The districts of the county', said: null }],
        signed: null,
      });
      const precept = await asked('FENOPCC-2024-12-D2', fields);
      expect(precept.consultations.map(({ post, who }: Json) => post?.ref ?? who)).toEqual([
        'Households, by a survey',
        'fen-chief-constable',
      ]);
    });

    it('cites what the public may not see, which is in no list of theirs', async () => {
      const cited = async (client: Client) =>
        (await asked('FENOPCC-2024-10-D1', 'outcome { cited { ref } }', client)).outcome.cited.map(
          ({ ref }: Json) => ref,
        );
      expect(await cited(officer)).toEqual([
        'FENOPCC-2024-05-K1',
        expect.stringMatching(/^FENOPCC-2024-11-E/),
        'FENPANEL-2024-09-E3',
      ]);
      expect(await cited(served.public)).toEqual(['FENOPCC-2024-05-K1', 'FENPANEL-2024-09-E3']);
    });

    it('reads what it cites back as it stood: a risk that was high by the bands of its day', async () => {
      const { outcome } = await asked(
        'FENOPCC-2024-09-D1',
        'outcome { basis { on ledger { risk(ref: "FENFORCE-2024-01-K13") { current { now { band } } } } } }',
      );
      expect(outcome.basis).toEqual({ on: '2024-10-08', ledger: { risk: { current: { now: { band: 'High' } } } } });
    });

    it('was made by the delegate, refused after it was put off twice, revoked, superseded, withheld or not taken', async () => {
      const radio = await asked(
        'FENOPCC-2024-04-D1',
        'delegated { delegate { ref } authority } outcome { by { ref } }',
      );
      expect(radio).toEqual({
        delegated: { delegate: { ref: 'fen-chief-executive' }, authority: expect.stringContaining('SOD/7') },
        outcome: { by: { ref: 'fen-chief-executive' } },
      });
      const sale = await asked('FENOPCC-2024-06-D1', 'status deferrals { to } outcome { how reason }');
      expect(sale).toEqual({
        ...{ status: 'RECORDED', deferrals: [{ to: '2024-10-31' }, { to: '2025-01-31' }] },
        outcome: { how: 'REFUSED', reason: 'The new valuation is £7.4 million.' },
      });
      const statuses = Object.fromEntries(
        await Promise.all(
          ['FENOPCC-2024-03-D1', 'FENOPCC-2024-03-D2', 'FENOPCC-2024-09-D2'].map(async (ref) => [
            ref,
            (await asked(ref, 'status')).status,
          ]),
        ),
      );
      expect(Object.values(statuses)).toEqual(['SUPERSEDED', 'REVOKED', 'WITHHELD']);
      expect((await asked('FENOPCC-2024-03-D3', 'outcome { how }')).outcome.how).toBe('NOT_TAKEN');
    });

    it('is due when the panel is at which it was to be made, since that was postponed', async () => {
      expect(await asked('FENOPCC-2025-05-D1', 'dueOn dueMeeting status neverRecorded')).toEqual({
        ...{ dueOn: '2025-07-15', dueMeeting: 'FENPANEL-2025-06-24', status: 'ADVISED', neverRecorded: false },
      });
    });
  });

  describe('what a panel was told of risks', () => {
    /** The facts of risks in each list, as the files of the example count them. */
    const toldTo = async (day: string, of = 'totalCount') => {
      const lists = ['TOLD', 'NOT_TOLD', 'SINCE_THE_PAPERS', 'RESTATED_SINCE'];
      const asked = lists.map((list) => `${list}: facts(list: ${list}, register: "risks", first: 500) { ${of} }`);
      const { ledger } = await officer.runs(`{ ledger { meeting(ref: "FENPANEL-${day}") { ${asked.join(' ')} } } }`);
      return lists.map((list) => ledger.meeting[list]);
    };

    /*
     * By hand: rows of risks.csv and risk-facts.csv but corrections, voids and restorations. Told: recorded_on up to the day of the cut-off, effective_on up to
     * the panel's. Not told: recorded after it, effective up to it. Since: effective after it, up to the panel's. A day that is printed counts from its first
     * moment, so that what was recorded on the day of the cut-off was told.
     *
     * July has one more that was not told than effective_on says: interpreters-video-in-place, recorded on 25 July, was corrected on 20 August to be
     * effective from 1 July. Restated: national-data-current-2 of 8 July, voided on 18 September and restored on 4 December; and body-worn-video-current-2
     * of 26 July, corrected on 6 November. The cut-off of November is noon of the 21st, when paper C went out again.
     */
    it.each([
      ['2024-01-23', 56, 4, 83, 0],
      ['2024-03-19', 299, 1, 20, 0],
      ['2024-07-16', 479, 3, 13, 1],
      ['2024-09-24', 591, 2, 8, 2],
      ['2024-11-26', 726, 3, 5, 1],
      ['2025-01-28', 829, 1, 10, 0],
      ['2025-03-04', 896, 0, 19, 0],
      ['2025-04-01', 940, 1, 13, 0],
    ])('on %s: %i facts, %i not, %i since its papers, %i of the first restated since', async (day, ...counts) => {
      expect((await toldTo(day)).map(({ totalCount }: Json) => totalCount)).toEqual(counts);
    });

    it('were, on the day on which its papers were issued, late entries too', async () => {
      const [told, notTold, , restated] = await toldTo(
        '2024-07-16',
        'edges { node { record event { type effectiveOn stated delayDays } amendments { type stated } } }',
      );
      const lateOn = (list: Json, stated: string) =>
        list.edges
          .filter(({ node: { event } }: Json) => event.stated === stated && event.delayDays > 0)
          .map(({ node: { record, event } }: Json) => [record, event.type, event.effectiveOn]);
      // Papers of 8 July at 4pm: national-data-reviewed-2024-06-20 and national-data-current-2 were recorded on that day.
      expect(lateOn(told, '2024-07-08')).toEqual([
        ['FENFORCE-2024-04-K1', 'RiskReviewed', '2024-06-20'],
        ['FENFORCE-2024-04-K1', 'RiskScored', '2024-07-05'],
      ]);
      expect(lateOn(notTold, '2024-07-10')).toEqual([['FENFORCE-2024-01-K16', 'RiskReviewed', '2024-07-08']]);
      expect(restated.edges[0].node.amendments).toEqual([
        { type: 'Voided', stated: '2024-09-18' },
        { type: 'Restored', stated: '2024-12-04' },
      ]);
    });

    it('was nothing where it was called off, or lies ahead since it was postponed: neither is a point in time', async () => {
      const at = (meeting: string) =>
        officer.failsToRun('query ($asOf: AsOf) { ledger(asOf: $asOf) { basis { effective } } }', {
          asOf: { meeting, view: 'TOLD' },
        });
      expect(await toldTo('2024-05-21')).toEqual(Array(4).fill(null));
      expect(await at('FENPANEL-2024-05-21')).toMatchObject({
        message: expect.stringContaining('was cancelled') as string,
        extensions: { code: 'INVALID', field: 'asOf.meeting' },
      });
      expect(await toldTo('2025-06-24')).toEqual(Array(4).fill(null));
      expect(await at('FENPANEL-2025-06-24')).toMatchObject({
        message: expect.stringContaining('lies ahead') as string,
        extensions: { code: 'INVALID', field: 'asOf.meeting' },
      });
    });

    it('is read as the contract asks it', async () => {
      const answer = await officer.asks('AtMeeting', { meeting: 'FENPANEL-2024-11-26' });
      const instant = { effective: '2024-11-21', recorded: '2024-11-21T12:00:00.000Z', clock: 'STATED' };
      expect(answer.told.basis).toMatchObject(instant);
      expect(answer.known.basis).toMatchObject({ effective: '2024-11-21', clock: 'STATED' });
      expect(answer.ledger.meeting.cutOff).toEqual(instant);
    });
  });

  it('the panel reads force and office, and met eight times of ten', async () => {
    const { ledger } = await officer.runs(
      '{ ledger { body(ref: "FENPANEL") { reads { ref } } meetings(filter: { bodies: ["FENPANEL"] }) { edges { node { state } } } } }',
    );
    expect(ledger.body.reads.map(({ ref }: Json) => ref)).toEqual(['FENFORCE', 'FENOPCC']);
    const states = ledger.meetings.edges.map(({ node }: Json) => node.state).sort();
    expect(states).toEqual(['CANCELLED', ...Array<string>(8).fill('HELD'), 'POSTPONED']);
  });

  it('members read the OFFICIAL risks, the public those that were published, and the office all', async () => {
    const counts: Json = {};
    for (const reader of ['opcc-officer', 'fen-chief-executive', 'jarap-member', 'fen-panel-member', null]) {
      const client = reader === null ? served.public : await served.as(reader);
      const { ledger } = await client.runs('{ ledger { risks(filter: { readBy: "FENPANEL" }) { totalCount } } }');
      counts[reader ?? 'public'] = ledger.risks.totalCount;
    }
    expect(counts).toEqual({
      ...{ 'opcc-officer': 60, 'fen-chief-executive': 60 },
      ...{ 'jarap-member': 56, 'fen-panel-member': 56, public: 50 },
    });
  });
}
