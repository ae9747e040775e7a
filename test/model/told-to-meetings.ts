import type { EventStore } from '../../libs/event-store/index.ts';
import { addDays, instantOf, millisecondsOf, type Command } from '../../libs/ledger/index.ts';
import type { AsOf, LedgerView } from '../../libs/read-models/index.ts';
import { meetingFacts, type MeetingList } from '../../projections/index.ts';
import { READERS } from './compared.ts';
import { chanceOf, emptyStore, ledgerInMemory, randomHistory, type LedgerInMemory } from './random-history.ts';
import { answerOf, listsOf, type ModelBasis, type ModelLists } from './written-rules.ts';

/** So few to a page that lists are read in several. */
const PAGE = 7;
const DAY = 86_400_000;

/** The four lists as the ledger answers them. */
async function listsRead(view: LedgerView, meeting: string): Promise<ModelLists | null> {
  const ids = async (list: MeetingList) => {
    const all: (readonly string[])[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await meetingFacts(
        view,
        meeting,
        { list },
        { first: PAGE, ...(after === undefined ? {} : { after }) },
      );
      if (page === null) return null;
      all.push(...page.edges.map(({ node }) => [node.event.id, ...node.amendedSince.map(({ id }) => id)]));
      if (!page.hasNextPage) {
        if (page.totalCount !== all.length)
          throw new Error(`${list}: ${page.totalCount} counted, ${all.length} listed`);
        return all;
      }
      after = page.endCursor!;
    }
  };
  const told = await ids('TOLD');
  if (told === null) return null;
  return {
    told: told.flat(),
    notTold: (await ids('NOT_TOLD'))!.flat(),
    sinceThePapers: (await ids('SINCE_THE_PAPERS'))!.flat(),
    withinADay: (await ids('WITHIN_A_DAY_BEFORE'))!.flat(),
    after: (await ids('AFTER_THE_CUT_OFF'))!.flat(),
    restatedSince: (await ids('RESTATED_SINCE'))!,
  };
}

/** A random history in which papers are issued, and things decided and raised at meetings. */
async function historyOfMeetings(ledger: LedgerInMemory, seed: number, accepted: number): Promise<void> {
  const chance = chanceOf(seed + 3_000_000);
  for (let part = 0; part < 4; part += 1) {
    await randomHistory(ledger, seed * 10 + part, Math.ceil(accepted / 4));
    const at = { effective: ledger.today(), recorded: ledger.now(), clock: 'STATED' } as const;
    const { meetings, actions } = answerOf(ledger.log, { clearance: 'full' }, at);
    if (meetings.length === 0 || actions.length === 0) continue;
    const officer = (register: string, command: Command & Readonly<Record<string, unknown>>, more: object = {}) =>
      ledger.submit('opcc-officer', 'opcc-officer', register, command, {
        ...{ commandId: ledger.uuid(), reason: 'As the minutes say.' },
        ...more,
      });
    for (let tries = 0; tries < 3; tries += 1) {
      const { ref } = chance.of(meetings);
      const on = addDays(ledger.today(), -chance.number(12));
      const asAt = chance.once(3) ? { asAt: addDays(on, -chance.number(4)) } : {};
      const time = chance.once(2) ? { at: chance.of(['00:00', '09:30', '16:30']) } : {};
      await officer('meetings', { type: 'IssuePapers', ref, ...time, ...asAt }, { effectiveOn: on });
    }
    const held = meetings.filter(({ status }) => status === 'HELD');
    for (const { ref } of held.slice(0, 2)) {
      await officer('actions', { type: 'RaiseAction', meeting: ref, title: 'Raised there', owner: 'force-lead' });
      const action = chance.of(actions).ref;
      await officer(
        'actions',
        { type: 'DeferAction', ref: action, until: ledger.today() },
        { authority: { meeting: ref } },
      );
    }
    // Most meetings are over by the next part, in which more of what went before them is entered.
    ledger.forward(10 * DAY);
    await ledger.caughtUp();
  }
}

export interface ListsCompared {
  readonly seed: number;
  readonly meeting: string;
  readonly at: ModelBasis;
  readonly reader: object;
  readonly rules: ModelLists | null;
  readonly answer: ModelLists | null;
}

/** Random questions about the meetings of random histories, of the rules and of the ledger. Stops at the first difference of each history. */
export async function compareLists(
  seeds: { readonly first: number; readonly count: number },
  { commands, questions }: { readonly commands: number; readonly questions: number },
) {
  const differences: ListsCompared[] = [];
  const listed = { told: 0, notTold: 0, sinceThePapers: 0, withinADay: 0, after: 0, restatedSince: 0, none: 0 };
  const empty = emptyStore();
  try {
    for (let seed = seeds.first; seed < seeds.first + seeds.count; seed += 1) {
      const difference = await compareOne(seed, empty.store, commands, questions, listed);
      if (difference !== null) differences.push(difference);
    }
  } finally {
    await empty.close();
  }
  return { differences, listed };
}

async function compareOne(
  seed: number,
  empty: EventStore,
  commands: number,
  questions: number,
  listed: Record<keyof ModelLists | 'none', number>,
): Promise<ListsCompared | null> {
  const ledger = await ledgerInMemory(seed, empty);
  try {
    await historyOfMeetings(ledger, seed, commands);
    await ledger.caughtUp();
    const chance = chanceOf(seed + 4_000_000);
    const refs = ledger.log.flatMap(({ event: { register, version, facts } }) =>
      register === 'meetings' && version === 1 ? [facts['ref'] as string] : [],
    );
    for (let asked = 0; asked < questions; asked += 1) {
      const [reader, model] = chance.of(READERS);
      const meeting = chance.of(refs);
      const { asOf, at } = basisFor(chance, ledger);
      const position = chance.once(4) ? chance.of(ledger.log).position : undefined;
      const pinned = position === undefined ? {} : { position: ledger.models.encodePosition(reader, position) };
      const view = await ledger.models.openView({ ...asOf, ...pinned }, reader);
      const rules = listsOf(ledger.log, model, { ...at, ...(position === undefined ? {} : { position }) }, meeting);
      const answer = await listsRead(view, meeting);
      if (JSON.stringify(rules) !== JSON.stringify(answer))
        return {
          seed,
          meeting,
          at: { ...at, ...(position === undefined ? {} : { position }) },
          reader: model,
          rules,
          answer,
        };
      if (rules === null) listed.none += 1;
      else for (const [list, facts] of Object.entries(rules)) listed[list as keyof ModelLists] += (facts as []).length;
    }
    return null;
  } finally {
    await ledger.close();
  }
}

/** Mostly today by all that is known; else any day and any instant beside one at which something became known. On either clock. */
export function basisFor(chance: ReturnType<typeof chanceOf>, ledger: LedgerInMemory): { asOf: AsOf; at: ModelBasis } {
  const { event } = chance.of(ledger.log);
  const beside = instantOf(millisecondsOf(event.stamped) + chance.number(3) - 1);
  const recorded = chance.once(3) && beside < ledger.now() ? beside : ledger.now();
  const day = chance.once(4) ? addDays(event.effectiveOn, chance.number(20)) : ledger.today();
  const at = {
    effective: day > ledger.today() ? ledger.today() : day,
    recorded,
    clock: chance.of(['STATED', 'PROVEN'] as const),
  };
  return { asOf: at, at };
}
