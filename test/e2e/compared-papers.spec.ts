import type { Json } from './client.ts';
import { serveLedger, type ServedLedger } from './served-ledger.ts';

/*
 * Two bases beside each other, on the papers. Each fact counts as known from the day on which its source was published: the paper of 2 December 2021 on
 * that day, and all else on 9 October 2023.
 */

const ON_2_DECEMBER = { effective: '2021-12-02', recorded: '2021-12-02T23:59:59.999Z' };
const ON_9_OCTOBER = { effective: '2023-10-09', recorded: '2023-10-09T22:59:59.999Z' };
/** A day as known on 9 October 2023. */
const known = (effective: string) => ({ ...ON_9_OCTOBER, effective });

const STEP = '{ change kinds fields { name causes { kind record event { type effectiveOn } } } }';
const STEPS = `restated ${STEP} moved ${STEP}`;

describe('what the papers said, beside what they say later', () => {
  let served: ServedLedger;

  beforeAll(async () => {
    served = await serveLedger({ holding: 'example' });
  }, 240_000);
  afterAll(() => served?.remove());

  async function compared(
    before: object,
    after: object,
    fields: string,
    ...fragments: readonly string[]
  ): Promise<Json> {
    const query = `query ($before: AsOf!, $after: AsOf!) { compare(before: $before, after: $after) { ${fields} } } ${fragments.join(' ')}`;
    return (await served.public.runs(query, { before, after })).compare;
  }

  /** What changed a field in a step: of each cause its kind and the type of its event. */
  function causesOf(step: Json, name: string): readonly string[] | null {
    const field = step.fields.find((one: Json) => one.name === name);
    return field === undefined
      ? null
      : field.causes.map(({ kind, event }: Json) => (event === null ? kind : `${kind} ${event.type}`));
  }

  describe('of the Police and Crime Plan: told on 2 December 2021, and known on 9 October 2023', () => {
    it('that it was to be signed off on 14 December 2021, which no paper says was done: the day passed, and nothing else', async () => {
      const { board, decision } = await compared(
        ON_2_DECEMBER,
        ON_9_OCTOBER,
        `board: forwardPlanItem(ref: "CGB-2021-12-F1") {
          told { ...Item } knownNow { ...Item } closing { ...Item } ${STEPS}
        }
        decision(ref: "CGB-2021-12-D1") {
          told { ...Decision } knownNow { ...Decision } closing { ...Decision } ${STEPS}
        }`,
        'fragment Item on ForwardPlanItem { title status plannedOn missed neverRecorded }',
        'fragment Decision on Decision { summary status dueOn neverRecorded }',
      );
      const item = {
        title: 'Final version of the Police and Crime Plan',
        status: 'SCHEDULED',
        plannedOn: '2021-12-14',
      };
      expect(board.told).toEqual({ ...item, missed: false, neverRecorded: false });
      expect(board.knownNow).toEqual(board.told);
      expect(board.closing).toEqual({ ...item, missed: true, neverRecorded: true });
      expect(board.restated).toBeNull();
      expect(board.moved).toMatchObject({ change: 'CHANGED', kinds: ['DAY'] });
      expect(causesOf(board.moved, 'missed')).toEqual(['DAY']);
      expect(decision.told).toMatchObject({ status: 'PROPOSED', dueOn: '2021-12-14', neverRecorded: false });
      expect(decision.told.summary).toMatch(/signed off .* on 14 December 2021 and presented to .* Panel in January/);
      expect(decision.closing).toEqual({ ...decision.told, neverRecorded: true });
      expect([decision.restated, decision.moved.kinds]).toEqual([null, ['DAY']]);
      expect(causesOf(decision.moved, 'neverRecorded')).toEqual(['DAY']);
    });

    it('that it was to go to the Panel in January, as which it is missed', async () => {
      const { panel } = await compared(
        ON_2_DECEMBER,
        ON_9_OCTOBER,
        `panel: forwardPlanItem(ref: "PCP-2021-12-F1") { told { ...Item } closing { ...Item } ${STEPS} }`,
        'fragment Item on ForwardPlanItem { status phrase plannedFor { from to } missed links { direction record { ref } } }',
      );
      const told = {
        ...{ status: 'SCHEDULED', phrase: 'at the January meeting' },
        plannedFor: { from: '2022-01-01', to: '2022-01-31' },
      };
      expect(panel.told).toMatchObject({ ...told, missed: false });
      expect(panel.closing).toMatchObject({ ...told, missed: true });
      expect(panel.restated).toBeNull();
      expect(causesOf(panel.moved, 'missed')).toEqual(['DAY']);
      // The plan follows from it since it was published.
      const links = ({ links }: Json) => links.map(({ direction, record }: Json) => `${direction} ${record.ref}`);
      expect(links(panel.told)).toEqual(['TO CGB-2021-12-F1']);
      expect(links(panel.closing)).toEqual(['TO CGB-2021-12-F1', 'FROM OPCC-2022-05-E1']);
    });

    it('and that it was published in May 2022: nothing was told of it, and by the day of telling it was not so either', async () => {
      const { plan, list } = await compared(
        ON_2_DECEMBER,
        ON_9_OCTOBER,
        `plan: document(ref: "OPCC-2022-05-E1") {
          told { title } knownNow { title } closing { title history { edges { node { dated { from to } } } } } ${STEPS}
        }
        list: documents(filter: { text: "Police and Crime Plan", kind: [PLAN] }) { totalCount edges { node { ref moved { change } } } }`,
      );
      expect([plan.told, plan.knownNow, plan.closing.title]).toEqual([null, null, 'Police and Crime Plan']);
      expect(plan.closing.history.edges[0].node.dated).toEqual({ from: '2022-05-01', to: '2022-05-31' });
      expect(plan.restated).toBeNull();
      expect(plan.moved).toMatchObject({ change: 'ENTERED', kinds: expect.arrayContaining(['RAISED']) });
      expect(list.edges).toContainEqual({ node: { ref: 'OPCC-2022-05-E1', moved: { change: 'ENTERED' } } });
    });
  });

  describe('of 8(g), Neighbourhood Active, which is to return in September by the minutes and in January by the list', () => {
    it('both stand beside each other, of which the second moves nothing', async () => {
      const { action } = await compared(
        known('2023-07-16'),
        ON_9_OCTOBER,
        `action(ref: "CGB-2023-06-A7") { told { ...Due } knownNow { ...Due } closing { ...Due } ${STEPS} }`,
        'fragment Due on Action { status due { phrase current original extensions } disputed { path says } }',
      );
      const disputed = [{ path: 'due.phrase', says: 'update to CGB in January' }];
      const phrase = 'to be brought back to the September CGB for a verbal update';
      // The board of September was in the diary by 17 July: on the day before it had no day.
      expect(action.told).toEqual({
        ...{ status: 'AGREED', due: { phrase, current: null, original: null, extensions: 0 }, disputed },
      });
      expect(action.knownNow).toEqual(action.told);
      expect(action.closing).toEqual({
        ...{ status: 'SIGNED_OFF', disputed },
        due: { phrase, current: '2023-09-25', original: '2023-09-25', extensions: 0 },
      });
      expect(action.restated).toBeNull();
      // It fell due and was late before it was signed off, which at closing it is no longer.
      expect(action.moved.kinds).toEqual(['OTHER_RECORD', 'REPORTED', 'CLOSED']);
      expect(causesOf(action.moved, 'due.current')).toEqual(['OTHER_RECORD MeetingScheduled']);
      expect(causesOf(action.moved, 'status')).toEqual(['EVENT ActionReportedComplete', 'EVENT ActionSignedOff']);
      expect(causesOf(action.moved, 'due.phrase')).toBeNull();
    });

    it('was not told before the paper was published, and of June it is learned', async () => {
      const { action } = await compared(
        { effective: '2023-06-30', recorded: '2023-10-08T12:00:00.000Z' },
        known('2023-06-30'),
        `action(ref: "CGB-2023-06-A7") { told { ref } knownNow { status } closing { status } ${STEPS} }`,
      );
      expect([action.told, action.knownNow, action.closing]).toEqual([
        null,
        { status: 'AGREED' },
        { status: 'AGREED' },
      ]);
      expect(action.restated).toMatchObject({ change: 'ENTERED', kinds: ['LEARNED'] });
      expect(action.moved).toBeNull();
    });

    it('its item on the plan moved from September to January by the list of 9 October', async () => {
      const { item } = await compared(
        known('2023-06-21'),
        ON_9_OCTOBER,
        `item: forwardPlanItem(ref: "CGB-2023-06-F4") { told { ...Item } closing { ...Item } ${STEPS} }`,
        'fragment Item on ForwardPlanItem { status phrase plannedOn missed deferrals { phrase } }',
      );
      expect(item.told).toEqual({
        ...{ status: 'SCHEDULED', phrase: 'the September CGB', plannedOn: '2023-09-30', missed: false, deferrals: [] },
      });
      expect(item.closing).toEqual({
        ...{ status: 'DEFERRED', phrase: 'update to CGB in January', plannedOn: '2024-01-31', missed: false },
        deferrals: [{ phrase: 'update to CGB in January' }],
      });
      expect(item.restated).toBeNull();
      expect(item.moved.kinds).toEqual(['DEFERRED']);
      expect(causesOf(item.moved, 'plannedFor.current')).toEqual(['EVENT ForwardPlanItemDeferred']);
      // That it was missed on 1 October, and is no longer, is no change from one end to the other.
      expect(causesOf(item.moved, 'missed')).toBeNull();
    });
  });

  describe('of the victims from ethnic minorities: from the board of June to that of July, and absent there', () => {
    const ITEM = 'fragment Item on ForwardPlanItem { status plannedOn phrase missed presentations { meeting } }';
    const item = async (before: string, after: string) =>
      (
        await compared(
          known(before),
          known(after),
          `item: forwardPlanItem(ref: "CGB-2023-06-F1") { told { ...Item } closing { ...Item } ${STEPS} }`,
          ITEM,
        )
      ).item;
    const moved = { status: 'DEFERRED', plannedOn: '2023-07-17', phrase: 'July CGB', presentations: [] };

    it('on 21 June it came, was for that board, and was put off to the next, all on one day', async () => {
      const { told, closing, restated, moved: step } = await item('2023-06-20', '2023-06-21');
      expect([told, closing, restated]).toEqual([null, { ...moved, missed: false }, null]);
      expect(step).toMatchObject({ change: 'ENTERED', kinds: ['RAISED', 'SCHEDULED', 'DEFERRED'] });
      // Of what was not there before, the first event told everything that there was.
      expect(causesOf(step, 'plannedFor.current')).toEqual([
        'EVENT ForwardPlanItemSuggested',
        'EVENT ForwardPlanItemScheduled',
        'EVENT ForwardPlanItemDeferred',
      ]);
    });

    it('from 21 June to 17 July nothing became of it, and the board of July did not have it', async () => {
      expect(await item('2023-06-21', '2023-07-17')).toEqual({
        ...{ told: { ...moved, missed: false }, closing: { ...moved, missed: false }, restated: null, moved: null },
      });
      const { ledger } = await served.public.runs(
        '{ ledger(asOf: { effective: "2023-07-17" }) { meeting(ref: "CGB-2023-07-17") { agenda { title } } } }',
      );
      expect(ledger.meeting.agenda.filter(({ title }: Json) => /ethnic/i.test(title))).toEqual([]);
    });

    it('on 18 July it was missed, by the day itself, and so it stayed to the end of the papers', async () => {
      const passed = await item('2023-07-17', '2023-10-09');
      expect(passed.closing).toEqual({ ...moved, missed: true });
      expect(passed.moved).toMatchObject({ change: 'CHANGED', kinds: ['DAY'] });
      expect(passed.moved.fields.map(({ name, causes }: Json) => [name, causes])).toEqual([
        ['missed', [{ kind: 'DAY', record: null, event: null }]],
      ]);
      expect(await item('2023-07-18', '2023-10-09')).toMatchObject({ restated: null, moved: null });
    });
  });

  it('answers its three bases with it', async () => {
    const basis = '{ effective recorded clock timeZone }';
    const answer = await compared(ON_2_DECEMBER, ON_9_OCTOBER, `told ${basis} knownNow ${basis} closing ${basis}`);
    const on = { clock: 'STATED', timeZone: 'Europe/London' };
    expect(answer).toEqual({
      told: { ...on, ...ON_2_DECEMBER },
      knownNow: { ...on, ...ON_9_OCTOBER, effective: '2021-12-02' },
      closing: { ...on, ...ON_9_OCTOBER },
    });
  });
});
