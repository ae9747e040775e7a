import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaOfFiles } from '../../apps/ledger/graphql/schema-files.ts';
import { KINDS_OF_RECORD, kindSpelt, pathOfKind, type RecordKind } from '../../libs/declarations/index.ts';
import { loadFolder, type LoadOutcome } from '../../libs/import/index.ts';
import { addDays, type Ids } from '../../libs/ledger/index.ts';
import { MUTATIONS } from '../../libs/registers/index.ts';
import { openRunningLedger } from '../../libs/running-ledger/index.ts';
import type { Client, Json, Variables } from './client.ts';
import { mutation } from './contract.ts';
import { costsApart, type Cost } from './cost-of-answers.ts';
import { everyPage, fewOfAKind, kindOf, pagesAt, type PageSeen } from './every-page.ts';
import { everyComparison, everyNarrowing, everyQuery, type EveryQuery } from './every-query.ts';
import { ofShare } from '../share-of-commit.ts';
import { randomNumbers } from './random-numbers.ts';
import { headersOf, serveLedger, type ServedLedger } from './served-ledger.ts';

const TODAY = '2023-10-09';
/** A meeting of a panel that reads the board. */
const OF_THE_PANEL = 'PAN-2023-09-20';
const WHY = { reason: 'Typed from the minutes.' };
/** What the case of a RAG rule is called by which something of the story has its colour. */
const COLOURED = 'Past its date';
const SECRET = { marking: 'OFFICIAL_SENSITIVE' };
const schema = schemaOfFiles();

/** A ledger of the twins, under a clock that goes on at the same steps in both. */
export interface Twin {
  readonly served: ServedLedger;
  readonly as: (post: string) => Promise<Client>;
  readonly tick: () => void;
  /** Does what is done in one of them alone. */
  readonly hiding: (work: () => Promise<void>) => Promise<void>;
  /** Stops the server, loads papers in its place, and starts it again. What was answered to each rehearsal and to each load. */
  readonly loads: (...papers: readonly Papers[]) => Promise<LoadOutcome[]>;
  /** References of what is in this ledger and not in the other. */
  readonly hidden: string[];
  readonly hiddenEvents: string[];
}

export async function newTwin(): Promise<Twin> {
  let now = Date.parse(`${TODAY}T09:00:00.000Z`);
  const clock = { now: () => now };
  const lots = twoLots();
  const { ids } = lots;
  // EventStoreDB has a clock of its own, and no writer may be far from it.
  const served = await serveLedger({ clock, ids, store: 'sqlite' });
  keepConnections(served);
  const clients = new Map<string, Promise<Client>>();
  return {
    served,
    as(post) {
      if (!clients.has(post)) clients.set(post, served.as(post));
      return clients.get(post)!;
    },
    tick: () => (now += 60_000),
    async hiding(work) {
      lots.draw('hidden');
      await work();
      lots.draw('open');
    },
    async loads(...all) {
      // Tokens are good until the server stops.
      clients.clear();
      const reports: LoadOutcome[] = [];
      await served.restart(async () => {
        const ledger = await openRunningLedger(served.place.settings, 'import', { clock, ids });
        for (const papers of all) {
          lots.draw(papers.id === 'hidden' ? 'hidden' : 'open');
          for (const dryRun of [true, false])
            reports.push(await loadFolder(ledger, folderOf(papers), { ...OPERATOR, dryRun }));
        }
        await ledger.close();
      });
      await served.ready();
      keepConnections(served);
      return reports;
    },
    hidden: [],
    hiddenEvents: [],
  };
}

/** Of two servers in one process one may work while the other is not asked, on a busy machine for longer than connections are kept. */
function keepConnections({ app }: ServedLedger): void {
  app.getHttpServer().keepAliveTimeout = 600_000;
}

/** A reference draws so many bytes at a time; what is drawn for keys, nonces and ids is longer, and is shown to nobody. */
const MOST_FOR_A_REFERENCE = 8;

/**
 * Chance of which the references of both ledgers are made: what is open draws the same in both, so that a list that is in the order of
 * references is in the same order. What is hidden draws from a lot of its own.
 */
function twoLots(): { readonly ids: Ids; readonly draw: (from: 'open' | 'hidden') => void } {
  const lots = { open: randomNumbers(1), hidden: randomNumbers(2) };
  let from: keyof typeof lots = 'open';
  return {
    draw: (lot) => (from = lot),
    ids: {
      uuid: () => randomUUID(),
      bytes: (length) =>
        length > MOST_FOR_A_REFERENCE
          ? randomBytes(length)
          : Uint8Array.from({ length }, () => Math.floor(lots[from]() * 256)),
    },
  };
}

/** Rows of papers, each by its columns. */
export interface Papers {
  readonly id: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const OPERATOR = {
  caller: { post: 'opcc-officer', person: 'p-operator', capacity: 'opcc-officer' },
} as const;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderOf({ id, rows }: Papers): string {
  const folder = mkdtempSync(join(tmpdir(), 'twins-'));
  folders.push(folder);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  writeFileSync(join(folder, 'import.json'), JSON.stringify({ id, files: ['rows.csv'] }));
  writeFileSync(join(folder, 'rows.csv'), `${lines.map((cells) => cells.join(',')).join('\n')}\n`);
  return folder;
}

const PAPER = { document: 'Minutes', effective_on: '2023-09-20' };
const PUBLIC_PAPER = { ...PAPER, published: 'yes', published_on: '2023-09-25' };

/** Open papers: some of every register, another source, and a mark that hides what arose from a meeting. */
export function openPapers(seen: Readonly<Record<string, string>>): Papers {
  return {
    id: 'open',
    rows: [
      { key: 'body', command: 'addBody', as: 'SPB', name: 'Other board', ...PAPER },
      { key: 'met', command: 'scheduleMeeting', body: 'CGB', on: '2023-11-20', ...PAPER },
      {
        key: 'raised',
        command: 'raiseAction',
        meeting: seen['board']!,
        title: 'From papers',
        owner: 'estates-lead',
        ...PUBLIC_PAPER,
      },
      { key: 'agreed', command: 'agreeAction', record: 'raised', authority: 'not stated', ...PUBLIC_PAPER },
      {
        key: 'own',
        command: 'raiseAction',
        meeting: seen['board']!,
        title: 'Own of papers',
        owner: 'force-lead',
        ...PAPER,
      },
      { key: 'said', command: 'recordOtherwiseStated', record: 'raised', path: 'owner', says: 'force-lead', ...PAPER },
      {
        key: 'arisen',
        command: 'raiseAction',
        meeting: seen['last']!,
        title: 'Arisen',
        owner: 'commissioner',
        ...PAPER,
      },
      {
        key: 'marked',
        command: 'markMeeting',
        record: seen['last']!,
        marking: 'OFFICIAL_SENSITIVE',
        by: 'monitoring-officer',
        authority_delegation: 'SoD-4',
        ...PAPER,
      },
    ],
  };
}

/** Open papers with something wrong in each row. */
export function wrongPapers(seen: Readonly<Record<string, string>>): Papers {
  return {
    id: 'wrong',
    rows: [
      { key: 'taken', command: 'addBody', as: 'CGB', name: 'Board', ...PAPER },
      { key: 'unknown', command: 'raiseAction', meeting: 'CGB-2023-01-01', title: 'T', ...PAPER },
      { key: 'twice', command: 'agreeAction', record: seen['own']!, ...PAPER },
      { key: 'not-held', command: 'minuteItem', record: seen['next']!, text: 'T', ...PAPER },
      { key: 'unowned', command: 'raiseAction', body: 'CGB', title: 'T', owner: 'nobody', ...PAPER },
      { key: 'skipped', command: 'agreeAction', record: 'unowned', ...PAPER },
      { key: 'same', command: 'recordOtherwiseStated', record: seen['others']!, path: 'nothing', says: 'T', ...PAPER },
    ],
  };
}

/** Papers of hidden matters. */
export function hiddenPapers(seen: Readonly<Record<string, string>>): Papers {
  const hidden = { marking: 'OFFICIAL_SENSITIVE', ...PAPER };
  return {
    id: 'hidden',
    rows: [
      { key: 'body', command: 'addBody', as: 'HIDPAPER', name: 'Hidden', ...hidden },
      { key: 'post', command: 'addPost', as: 'hidden-post-of-papers', name: 'Hidden', ...hidden },
      { key: 'met', command: 'scheduleMeeting', body: 'CGB', on: '2023-11-20', session: 'CLOSED', ...PAPER },
      {
        key: 'raised',
        command: 'raiseAction',
        meeting: seen['board']!,
        title: 'Hidden',
        owner: 'estates-lead',
        ...hidden,
      },
      { key: 'evidence', command: 'addActionEvidence', record: seen['others']!, title: 'Hidden', ...hidden },
      {
        key: 'said',
        command: 'recordOtherwiseStated',
        record: seen['others']!,
        path: 'owner',
        says: 'Hidden',
        ...hidden,
      },
      { key: 'minuted', command: 'minuteItem', record: seen['board']!, text: 'Hidden', ...hidden },
    ],
  };
}

/** The same open story in both; in one of them, hidden matters of every kind between each two steps. */
export async function live(twin: Twin, hides: boolean, seed: number): Promise<Readonly<Record<string, string>>> {
  const [officer, commissioner, monitoring, lead] = await Promise.all(
    ['opcc-officer', 'commissioner', 'monitoring-officer', 'force-lead'].map((post) => twin.as(post)),
  );
  const chance = randomNumbers(seed);
  const seen: Record<string, string> = {};
  let steps = 0;
  let isMarkedLater = false;
  let isDoubted = false;
  let isLinked = false;
  let isAllowed = false;
  let isConfirmed = false;
  let isDecided = false;
  const promised: { event?: string } = {};
  const does = async (client: Client, field: string, input: Variables): Promise<Json> => {
    twin.tick();
    const answer = await client.does(field, input);
    await twin.hiding(hide);
    return answer;
  };
  const hide = async (): Promise<void> => {
    // The same numbers are drawn in both, so that the open story is the same.
    const which = Array.from({ length: 8 }, () => chance() < 0.5);
    steps += 1;
    if (!hides || seen['board'] === undefined) return;
    const note = (ref: string) => void twin.hidden.push(ref);
    if (which[0]) {
      const { action } = await officer!.does('raiseAction', {
        ...{ meeting: seen['board'], title: 'Hidden', owner: 'commissioner', ...SECRET, ...WHY },
        ...{ due: { on: '2023-10-01' }, effectiveOn: '2023-09-21', owners: ['estates-lead'] },
        ...(promised.event === undefined ? {} : { promise: promised.event }),
        ...(seen['paper'] === undefined ? {} : { source: { record: seen['paper'], version: '1' } }),
      });
      note(action.ref);
      const { doubted } = seen;
      await commissioner!.does('agreeAction', {
        ...{ ref: action.ref, ...WHY, effectiveOn: '2023-09-25' },
        ...(doubted === undefined || isDoubted ? {} : { authority: { meeting: doubted } }),
      });
      await officer!.does('recordOtherwiseStated', {
        ...{ record: action.ref, path: 'owner', says: 'Hidden', source: { document: 'Hidden' } },
      });
    }
    if (which[2] && seen['asked'] !== undefined) {
      const { recommendation } = await officer!.does('makeRecommendation', {
        ...{
          body: 'CGB',
          originator: 'CGB',
          kind: 'FINDING',
          title: 'Hidden',
          owner: 'commissioner',
          ...SECRET,
          ...WHY,
        },
        ...{ publication: seen['paper'], due: { on: '2023-10-01' }, effectiveOn: '2023-09-21' },
      });
      note(recommendation.ref);
      // Of one that no reader here owns: an owner sees all that is said of theirs.
      const later = { ref: seen['concern'], due: { on: addDays('2023-10-10', steps) } };
      if (seen['concern'] !== undefined)
        await officer!.does('moveRecommendationDueDate', { ...later, ...SECRET, ...WHY });
    }
    if (which[2] && seen['othersRisk'] !== undefined) {
      const { risk } = await officer!.does('proposeRisk', {
        ...{ body: 'CGB', register: 'OPCC', kind: 'THREAT', title: 'Hidden', owner: 'commissioner', ...SECRET, ...WHY },
        effectiveOn: '2023-09-21',
      });
      note(risk.ref);
      await officer!.does('registerRisk', { ref: risk.ref, effectiveOn: '2023-09-21', ...WHY });
      await officer!.does('linkRecord', { record: risk.ref, to: seen['othersRisk'], as: 'IS_ABOUT', ...WHY });
      // Of one that no reader here owns.
      const appetite = { ref: seen['othersRisk'], rule: 'CGB-scores', most: 1 + (steps % 4) };
      await officer!.does('setRiskAppetite', { ...appetite, ...SECRET, ...WHY });
    }
    if (which[4] && seen['made'] !== undefined) {
      // Of a decision that everybody may see, one action is for few; and one of a decision that is for few is named to nobody else.
      const named = { title: 'Hidden', owner: 'commissioner', effectiveOn: '2023-09-21', ...SECRET, ...WHY };
      await commissioner!.does('nameDecisionAction', { ref: seen['made'], ...named });
      const { ledger } = await officer!.runs(
        'query ($ref: ID!) { ledger { decision(ref: $ref) { actions { opened { records { ref } } } } } }',
        { ref: seen['made'] },
      );
      note(ledger.decision.actions.at(-1).opened.records[0].ref as string);
    }
    if (which[2] && seen['othersItem'] !== undefined) {
      const hidden = { body: 'CGB', title: 'Hidden', purpose: 'DECISION', recurrence: 'STANDING', origin: 'STATUTE' };
      const { forwardPlanItem } = await officer!.does('suggestForwardPlanItem', {
        ...{ ...hidden, comesFrom: seen['othersItem'], plannedFor: { on: '2023-10-01' }, paperDueOn: '2023-09-28' },
        ...{ effectiveOn: '2023-09-21', ...SECRET, ...WHY },
      });
      note(forwardPlanItem.ref);
      // Of one that no reader here brings.
      const revised = { ref: seen['othersItem'], comments: `Hidden ${steps}`, ...SECRET, ...WHY };
      await officer!.does('reviseForwardPlanItem', revised);
    }
    if (which[1])
      note(
        (await officer!.does('scheduleMeeting', { body: 'CGB', on: '2023-11-20', session: 'CLOSED', title: 'Hidden' }))
          .meeting.ref,
      );
    if (which[1] && seen['next'] !== undefined) await hideMeetings(seen['next']);
    if (which[3] && seen['decision'] !== undefined) await hideDecisions(seen['decision']);
    if (which[2]) {
      const ref = `hidden-post-${steps}`;
      await officer!.does('addPost', { ref, name: 'Hidden', capacity: 'jarap-member', ...SECRET });
      note(ref);
    }
    if (which[3]) {
      const madeUp = { illustrative: steps % 2 === 0 };
      await officer!.does('addBody', { ref: `HID${steps}`, name: 'Hidden', ...madeUp, ...SECRET });
      note(`HID${steps}`);
      await officer!.does('beginReading', { body: 'CGB', reads: `HID${steps}` });
      const rule = { kind: 'CLOSURE_ROUTE', body: `HID${steps}`, title: 'Hidden', ...SECRET };
      const { ref } = (await monitoring!.does('addRule', rule)).rule;
      note(ref as string);
      if (!isAllowed) {
        // What is late for whoever may not see it is so in both.
        const allowance = { kind: 'LATE_ALLOWANCE', body: 'CGB', title: 'Hidden', register: 'ACTIONS', ...SECRET };
        const allowed = (await monitoring!.does('addRule', allowance)).rule.ref as string;
        await monitoring!.does('setLateAllowance', { ref: allowed, days: 3000 });
        note(allowed);
        isAllowed = true;
      }
      if (seen['rule'] !== undefined)
        await monitoring!.does('setDueDatePolicy', { ref: seen['rule'], mostDays: 1000 + steps, ...SECRET });
    }
    if (which[4]) {
      const paper = { body: 'CGB', title: 'Hidden', kind: 'REPORT', date: '2023-09-20', session: 'CLOSED' };
      const { document } = await officer!.does('recordDocument', paper);
      note(document.ref);
      await officer!.does('minuteItem', {
        ...{ ref: seen['board'], text: 'Hidden', title: 'Hidden', session: 'CLOSED', promise: true },
        ...{ effectiveOn: '2023-09-20', ...WHY, source: { record: document.ref } },
      });
      if (seen['paper'] !== undefined) {
        const number = { ref: seen['paper'], version: `9.${steps}`, session: 'CLOSED' };
        await officer!.does('addDocumentVersion', { ...number, changed: 'Hidden', reason: 'Hidden' });
        await monitoring!.does('redactDocument', { ...number, withholds: 'Hidden', exemption: 'Hidden' });
        await officer!.does('reportTotal', {
          ...{
            ref: seen['paper'],
            list: 'ACTION',
            asAt: '2023-09-25',
            number: steps,
            counts: 'Hidden',
            session: 'CLOSED',
          },
          filter: [{ filter: 'meeting', is: [seen['board']] }],
        });
      }
    }
    if (which[5] && seen['others'] !== undefined) {
      await officer!.does('addActionEvidence', {
        ...{ ref: seen['others'], title: 'Hidden', by: 'commissioner', authority: { delegation: 'SoD-4' }, ...SECRET },
      });
      await officer!.does('recordOtherwiseStated', {
        ...{ record: seen['others'], path: 'title', says: 'Hidden', source: { document: 'Hidden' }, ...SECRET },
      });
      await officer!.does('nameRecord', { record: seen['others'], name: 'HIDDEN/1', ...SECRET });
      const hiddenBody = twin.hidden.find((ref) => /^HID\d/.test(ref));
      if (hiddenBody !== undefined && !isLinked) {
        isLinked = true;
        await officer!.does('linkRecord', { record: seen['others'], to: hiddenBody, as: 'IS_ABOUT' });
      }
      await twin.served.ready();
      const { ledger } = await officer!.asks('History', { ref: seen['others'], first: 500 });
      twin.hiddenEvents.push(ledger.action.history.edges.at(-1).node.id);
    }
    if (which[6]) {
      const { person } = await officer!.does('addPerson', { name: 'Hidden', ...SECRET });
      await officer!.does('appointHolder', {
        ...{ post: 'estates-lead', person: person.ref, shared: true, ...SECRET },
      });
      note(person.ref);
    }
    if (which[7] && !isMarkedLater) {
      isMarkedLater = true;
      const { meeting } = await officer!.does('scheduleMeeting', { body: 'CGB', on: '2023-12-04' });
      const { action } = await officer!.does('raiseAction', { meeting: meeting.ref, title: 'Hidden' });
      if (seen['others'] !== undefined) {
        // Links to what is hidden only afterwards, one of them over and one from it.
        const link = { record: seen['others'], to: action.ref };
        for (const as of ['IS_ABOUT', 'DEPENDS_ON']) await officer!.does('linkRecord', { ...link, as });
        await officer!.does('unlinkRecord', { ...link, as: 'DEPENDS_ON' });
        await officer!.does('linkRecord', { record: action.ref, to: seen['others'], as: 'REPLACES' });
        await officer!.does('nameRecord', { record: action.ref, name: 'OPEN/1' });
      }
      await monitoring!.does('markMeeting', { ref: meeting.ref, ...SECRET, ...WHY });
      note(meeting.ref);
      note(action.ref);
      // Read before it is hidden.
      await officer!.does('addBody', { ref: 'HIDLATER', name: 'Hidden', illustrative: true });
      await officer!.does('beginReading', { body: 'CGB', reads: 'HIDLATER' });
      await monitoring!.does('markBody', { ref: 'HIDLATER', ...SECRET, ...WHY });
      note('HIDLATER');
    }
  };

  /** On the agenda, among the papers and in the minutes of meetings that everybody may see. */
  const hideMeetings = async (next: string): Promise<void> => {
    await officer!.does('listAgendaItem', { ref: next, title: 'Hidden', section: 'Hidden', session: 'CLOSED' });
    const item = await eventOf(twin, next, 'AgendaItemListed');
    await officer!.does('deferAgendaItem', { ref: next, agendaItem: item, phrase: 'Hidden' });
    await officer!.does('issuePapers', { ref: next, note: 'Hidden', ...SECRET });
    await officer!.does('arrangeMeeting', { ref: next, place: 'Hidden', chair: 'estates-lead', ...SECRET });
    const { sat } = seen;
    if (sat === undefined || isConfirmed) return;
    const attenders = [{ as: 'ABSENT', post: 'estates-lead', who: 'Hidden' }];
    await officer!.does('recordAttendance', { ref: sat, attenders, ...SECRET });
    await officer!.does('recordPublicQuestion', { ref: sat, text: 'Hidden', ...SECRET });
    await officer!.does('recordResolution', { ref: sat, text: 'Hidden', outcome: 'LOST', ...SECRET });
    await officer!.does('declareInterest', { ref: sat, kind: 'NON_REGISTRABLE', text: 'Hidden', ...SECRET });
  };
  /** Beside a decision that everybody may see, and on it. */
  const hideDecisions = async (open: string): Promise<void> => {
    const proposed = { body: 'CGB', maker: 'COMMISSIONER', title: 'Hidden', due: { on: '2023-10-01' } };
    const { decision } = await officer!.does('proposeDecision', { ...proposed, ...SECRET });
    const { ref } = decision as { ref: string };
    twin.hidden.push(ref);
    await officer!.does('draftDecision', { ref, recommendation: 'Hidden' });
    await officer!.does('adviseOnDecision', { ref, adviceOn: 'PLAN', applies: false });
    const cites = [seen['own'], seen['others'], twin.hidden.find((one) => /-A[a-z]/.test(one))];
    await commissioner!.does('makeDecision', {
      ref,
      decided: 'Hidden',
      cites: cites.filter((one) => one !== undefined),
    });
    await officer!.does('linkRecord', { record: ref, to: open, as: 'IS_ABOUT' });
    await officer!.does('writeDecisionPart', { ref: open, part: 'CLOSED', content: 'Hidden' });
    if (isDecided)
      await commissioner!.does('setDecisionCondition', {
        ref: open,
        subjectTo: 'Hidden',
        targetOn: '2023-10-01',
        ...SECRET,
      });
    else
      await officer!.does('recordDecisionConsultation', { ref: open, post: 'estates-lead', said: 'Hidden', ...SECRET });
  };

  // The demonstration records whoever sends a command: here, before one of them hides anything.
  for (const client of [officer, commissioner, monitoring, lead])
    await client!.fails('agreeAction', { ref: 'NOBODY-2000-01-A1' });
  await does(officer!, 'addBody', { ref: 'CGB', name: 'Board', effectiveOn: '2023-09-15' });
  await does(officer!, 'addPost', { ref: 'estates-lead', name: 'Estates lead', body: 'CGB' });
  await does(officer!, 'addBody', { ref: 'DEMO', name: 'Made up', illustrative: true, effectiveOn: '2023-09-15' });
  await does(officer!, 'beginReading', { body: 'CGB', reads: 'DEMO', effectiveOn: '2023-09-16' });
  await does(officer!, 'raiseAction', { body: 'DEMO', title: 'Made up', effectiveOn: '2023-09-20', ...WHY });
  const held = await does(officer!, 'scheduleMeeting', { body: 'CGB', on: '2023-09-20', effectiveOn: '2023-09-18' });
  seen['board'] = held.meeting.ref;
  await does(officer!, 'holdMeeting', { ref: seen['board'], effectiveOn: '2023-09-20' });
  // A panel reads the board, and was told on the day before.
  await does(officer!, 'addBody', { ref: 'PAN', name: 'Panel', effectiveOn: '2023-09-15' });
  await does(officer!, 'beginReading', { body: 'PAN', reads: 'CGB', effectiveOn: '2023-09-16' });
  await does(officer!, 'scheduleMeeting', { body: 'PAN', on: '2023-09-20', effectiveOn: '2023-09-18' });
  await does(officer!, 'holdMeeting', { ref: OF_THE_PANEL, effectiveOn: '2023-09-20' });
  seen['next'] = (await does(officer!, 'scheduleMeeting', { body: 'CGB', on: '2023-11-20' })).meeting.ref;
  const paper = { body: 'CGB', title: 'Paper', kind: 'MINUTES', date: '2023-09-20', effectiveOn: '2023-09-20', ...WHY };
  seen['paper'] = (await does(officer!, 'recordDocument', paper)).document.ref;
  const raised = { meeting: seen['board'], effectiveOn: '2023-09-20', ...WHY };
  const agreed = { effectiveOn: '2023-09-21', ...WHY };
  seen['own'] = (
    await does(officer!, 'raiseAction', {
      ...{ ...raised, title: 'Own', owner: 'force-lead', due: { meeting: seen['next'], phrase: 'next board' } },
    })
  ).action.ref;
  await does(commissioner!, 'agreeAction', { ref: seen['own'], ...agreed });
  seen['others'] = (
    await does(officer!, 'raiseAction', {
      ...raised,
      title: 'Others',
      owner: 'commissioner',
      due: { on: '2023-10-02' },
    })
  ).action.ref;
  await does(commissioner!, 'agreeAction', { ref: seen['others'], ...agreed });
  await does(officer!, 'linkRecord', { record: seen['own'], to: seen['others'], as: 'FOLLOWS_FROM' });
  await does(officer!, 'nameRecord', { record: seen['others'], name: 'OPEN/1' });
  await does(lead!, 'giveActionUpdate', {
    ...{ ref: seen['own'], text: 'Begun.', source: { record: seen['paper'], version: '1' } },
  });
  await does(lead!, 'addActionEvidence', { ref: seen['own'], title: 'Paper', document: seen['paper'] });
  const total = { ref: seen['paper'], list: 'ACTION', asAt: '2023-09-25', counts: 'Actions.', ...WHY };
  await does(officer!, 'reportTotal', { ...total, number: 2 });
  await does(officer!, 'reportTotal', { ...total, number: 1, filter: [{ filter: 'owner', is: ['force-lead'] }] });
  await does(officer!, 'minuteItem', { ref: seen['board'], text: 'Open.', effectiveOn: '2023-09-20', ...WHY });
  const promise = { text: 'Promised.', promise: true, item: '4(i)', owner: 'estates-lead', effectiveOn: '2023-09-20' };
  await does(officer!, 'minuteItem', { ref: seen['board'], ...promise, ...WHY });
  await twin.served.ready();
  const { ledger: of } = await officer!.runs(
    `query ($ref: ID!) { ledger { meeting(ref: $ref) { items { event item } } } }`,
    {
      ref: seen['board'],
    },
  );
  promised.event = of.meeting.items.find((one: Json) => one.item === '4(i)').event as string;
  seen['kept'] = (
    await does(officer!, 'raiseAction', {
      ...{
        ...raised,
        title: 'Kept',
        owner: 'estates-lead',
        owners: ['commissioner', 'force-lead'],
        promise: promised.event,
      },
      ...{ raisedBy: 'LETTER', occasion: 'A letter of 19 September' },
    })
  ).action.ref;
  await does(officer!, 'recordOtherwiseStated', {
    ...{ record: seen['others'], path: 'due.on', says: '2023-10-03', source: { document: 'Minutes' } },
  });
  await does(officer!, 'recordOtherwiseStated', {
    ...{ record: seen['board'], path: 'date', says: '2023-09-21', source: { document: 'Minutes' } },
  });
  // A meeting with an agenda and papers, whose minutes the board confirmed; and what is put off to the next one.
  const met = { ref: '', effectiveOn: '2023-09-19', ...WHY };
  const sitting = { body: 'CGB', on: '2023-09-19', effectiveOn: '2023-09-18', ...WHY };
  met.ref = (await does(officer!, 'scheduleMeeting', sitting)).meeting.ref;
  await does(officer!, 'listAgendaItem', {
    ...met,
    effectiveOn: '2023-09-18',
    item: '4',
    title: 'Listed',
    author: 'estates-lead',
  });
  const listed = await eventOf(twin, met.ref, 'AgendaItemListed');
  await does(officer!, 'issuePapers', { ...met, effectiveOn: '2023-09-18', at: '16:30', paper: seen['paper'] });
  await does(officer!, 'holdMeeting', met);
  seen['sat'] = met.ref;
  const attenders = [
    { as: 'PRESENT', body: 'CGB', people: 4 },
    { as: 'IN_ATTENDANCE', post: 'estates-lead', joined: '4' },
  ];
  await does(officer!, 'recordAttendance', { ...met, attenders });
  await does(officer!, 'passOverAgendaItem', { ...met, agendaItem: listed });
  await does(officer!, 'deferAgendaItem', { ...met, agendaItem: listed, to: seen['next'] });
  await does(officer!, 'recordResolution', { ...met, text: 'That it be noted.', outcome: 'NOTED', agendaItem: listed });
  await does(officer!, 'draftMinutes', { ref: met.ref, paper: seen['paper'] });
  await does(officer!, 'circulateMinutes', { ref: met.ref });
  isConfirmed = true;
  await does(officer!, 'confirmMinutes', { ref: met.ref, confirmedAt: seen['board'] });
  await does(officer!, 'correctMinutes', { ref: met.ref, minute: listed, agreedAt: seen['board'], text: 'Corrected.' });
  const again = { ref: seen['next'], title: 'Listed again', fromMeeting: met.ref, continues: listed };
  await does(officer!, 'listAgendaItem', again);
  await does(officer!, 'issuePapers', { ref: seen['next'], note: 'The pack' });
  const proposal = { body: 'CGB', maker: 'COMMISSIONER', title: 'Decided', due: { meeting: seen['next'] } };
  seen['decision'] = (await does(officer!, 'proposeDecision', proposal)).decision.ref;
  const decision = { ref: seen['decision'] };
  await does(officer!, 'draftDecision', { ...decision, recommendation: 'That it be done.' });
  await does(officer!, 'adviseOnDecision', { ...decision, adviceOn: 'FINANCE', applies: false });
  const cites = [seen['own'], seen['others'], seen['paper']];
  isDecided = true;
  await does(commissioner!, 'makeDecision', { ...decision, decided: 'It is done.', cites });
  await does(commissioner!, 'setDecisionCondition', { ...decision, subjectTo: 'Queries.', targetOn: '2023-10-05' });
  await does(officer!, 'recordDecision', { ...decision, publicInterest: true });
  const rule = { kind: 'DUE_DATE_POLICY', body: 'CGB', title: 'Due dates', as: 'due-dates', effectiveOn: '2023-09-20' };
  seen['rule'] = (await does(monitoring!, 'addRule', { ...rule, ...WHY })).rule.ref;
  await does(monitoring!, 'setDueDatePolicy', { ref: seen['rule'], mostExtensions: 99, reasonNeeded: true });
  const colours = { kind: 'RAG', body: 'CGB', title: 'Colours', as: 'rag', effectiveOn: '2023-09-20', ...WHY };
  const { ref: rag } = (await does(monitoring!, 'addRule', colours)).rule;
  const cases = [
    { label: COLOURED, colour: 'RED', pastCurrent: true },
    { label: 'In hand', colour: 'AMBER', standing: 'OPEN' },
  ];
  await does(monitoring!, 'setRagRule', { ref: rag, cases, effectiveOn: '2023-09-20', ...WHY });
  const asked = { body: 'CGB', originator: 'CGB', publication: seen['paper'], effectiveOn: '2023-09-20', ...WHY };
  seen['asked'] = (
    await does(officer!, 'makeRecommendation', {
      ...{ ...asked, kind: 'RECOMMENDATION', title: 'Recommended', owner: 'force-lead', due: { on: '2023-10-02' } },
    })
  ).recommendation.ref;
  await does(lead!, 'sayOwnerWord', { ref: seen['asked'], word: 'DONE', text: 'Done.', evidence: 'The log.' });
  const concern = {
    ...asked,
    kind: 'CAUSE_OF_CONCERN',
    title: 'Others',
    owner: 'estates-lead',
    due: { on: '2023-10-02' },
  };
  seen['concern'] = (await does(officer!, 'makeRecommendation', concern)).recommendation.ref;
  const scores = { kind: 'SCORE_SCALE', body: 'CGB', title: 'Scores', as: 'scores', effectiveOn: '2023-09-20', ...WHY };
  const { ref: scale } = (await does(monitoring!, 'addRule', scores)).rule;
  await does(monitoring!, 'setScoreScale', {
    ...{ ref: scale, likelihoods: [{ score: 1 }, { score: 2 }], impacts: [{ score: 1 }, { score: 2 }] },
    bands: [
      { band: 'High', least: 3, most: 4, reviewMonths: 1 },
      { band: 'Low', least: 1, most: 2, reviewMonths: 3 },
    ],
    ...{ effectiveOn: '2023-09-20', ...WHY },
  });
  const proposed = { body: 'CGB', kind: 'THREAT', effectiveOn: '2023-09-20', ...WHY };
  const risk = { ...proposed, title: 'At risk', register: 'FORCE', owner: 'force-lead' };
  seen['risk'] = (await does(officer!, 'proposeRisk', risk)).risk.ref;
  const othersRisk = { ...proposed, title: 'At risk of others', register: 'OPCC', owner: 'estates-lead' };
  seen['othersRisk'] = (await does(officer!, 'proposeRisk', othersRisk)).risk.ref;
  for (const ref of [seen['risk'], seen['othersRisk']])
    await does(officer!, 'registerRisk', { ref, effectiveOn: '2023-09-20', ...WHY });
  // A meeting that is a point in time: its papers are issued now, and what follows in this story it was not told.
  const ofToday = { body: 'CGB', on: TODAY, effectiveOn: '2023-09-18', ...WHY };
  seen['ofToday'] = (await does(officer!, 'scheduleMeeting', ofToday)).meeting.ref;
  await does(officer!, 'issuePapers', { ref: seen['ofToday'] });
  const score = { ref: seen['risk'], of: 'CURRENT', rule: scale, likelihood: 2, impact: 2 };
  await does(lead!, 'scoreRisk', { ...score, effectiveOn: '2023-09-21', ...WHY });
  const control = { ref: seen['risk'], measure: 'A control.', kind: 'ADDITIONAL', targetOn: '2023-10-02' };
  await does(lead!, 'addRiskControl', { ...control, owner: 'estates-lead', effectiveOn: '2023-09-21', ...WHY });
  const opening = { kind: 'OPENING_POLICY', body: 'CGB', title: 'What opens what', effectiveOn: '2023-09-20', ...WHY };
  const { ref: openings } = (await does(monitoring!, 'addRule', opening)).rule;
  const opens = { decisionsOpenActions: true, conversionsOpenItems: true };
  await does(monitoring!, 'setOpeningPolicy', { ref: openings, ...opens, effectiveOn: '2023-09-20', ...WHY });
  const opener = { body: 'CGB', maker: 'COMMISSIONER', title: 'Opens', effectiveOn: '2023-09-20', ...WHY };
  const proposedOpener = (await does(officer!, 'proposeDecision', opener)).decision.ref as string;
  const onDecision = { ref: proposedOpener, effectiveOn: '2023-09-21', ...WHY };
  await does(officer!, 'draftDecision', { ...onDecision, recommendation: 'Build.' });
  await does(officer!, 'adviseOnDecision', { ...onDecision, adviceOn: 'FINANCE', applies: false });
  await does(commissioner!, 'makeDecision', {
    ...{ ...onDecision, decided: 'Build.', actions: [{ title: 'Find a site', owner: 'estates-lead' }] },
    conditions: [{ subjectTo: 'Funds', owner: 'force-lead' }],
  });
  // Of one that was made something is hidden.
  seen['made'] = onDecision.ref;
  const suggested = { body: 'CGB', purpose: 'DECISION', effectiveOn: '2023-09-20', ...WHY };
  const item = { ...suggested, title: 'An item', sponsor: 'force-lead', comesFrom: seen['others'] };
  seen['item'] = (await does(officer!, 'suggestForwardPlanItem', item)).forwardPlanItem.ref;
  const othersItem = { ...suggested, title: 'An item of others', sponsor: 'estates-lead' };
  seen['othersItem'] = (await does(officer!, 'suggestForwardPlanItem', othersItem)).forwardPlanItem.ref;
  const planned = { plannedFor: { on: '2023-10-05' }, paperDueOn: '2023-09-28', effectiveOn: '2023-09-21', ...WHY };
  for (const ref of [seen['item'], seen['othersItem']])
    await does(officer!, 'scheduleForwardPlanItem', { ref, ...planned });
  await does(officer!, 'deferForwardPlanItem', { ref: seen['othersItem'], effectiveOn: '2023-09-22', ...WHY });
  for (const field of ['publishAction', 'publishMeeting', 'publishBody'])
    await does(monitoring!, field, {
      ref: field === 'publishAction' ? seen['others'] : field === 'publishMeeting' ? seen['board'] : 'CGB',
    });
  seen['third'] = (
    await does(officer!, 'raiseAction', {
      body: 'CGB',
      title: 'Third',
      owner: 'estates-lead',
      effectiveOn: '2023-09-21',
      ...WHY,
    })
  ).action.ref;
  seen['doubted'] = (
    await does(officer!, 'scheduleMeeting', { body: 'CGB', on: '2023-09-22', effectiveOn: '2023-09-18', ...WHY })
  ).meeting.ref;
  await does(officer!, 'holdMeeting', { ref: seen['doubted'], effectiveOn: '2023-09-22', ...WHY });
  await does(commissioner!, 'agreeAction', {
    ...{ ref: seen['third'], authority: { meeting: seen['doubted'] }, effectiveOn: '2023-09-25', ...WHY },
  });
  await does(officer!, 'addPost', { ref: 'mistaken-lead', name: 'Mistaken' });
  await does(officer!, 'reassignAction', { ref: seen['third'], owner: 'mistaken-lead' });
  // What puts an agreement in question, and what leaves a link that leads nowhere.
  for (const [field, ref, type] of [
    ['voidMeetingEvent', seen['doubted'], 'MeetingHeld'],
    ['voidPostEvent', 'mistaken-lead', 'PostAdded'],
  ] as const) {
    const event = await eventOf(twin, ref!, type);
    isDoubted = true;
    await does(monitoring!, field, { ref, event, reason: 'By mistake.' });
  }
  for (const name of ['second', 'last'])
    seen[name] = (await does(officer!, 'scheduleMeeting', { body: 'CGB', on: '2023-11-20' })).meeting.ref;
  twin.tick();
  await twin.served.ready();
  return seen;
}

/** The id of an event of a record. */
async function eventOf(twin: Twin, ref: string, type: string): Promise<string> {
  await twin.served.ready();
  const officer = await twin.as('opcc-officer');
  const { ledger } = await officer.runs(
    `query ($ref: ID!) { ledger { record(ref: $ref) { history { edges { node { id type } } } } } }`,
    { ref },
  );
  return ledger.record.history.edges.findLast(({ node }: Json) => node.type === type).node.id as string;
}

/** In both: another source names matters that are there in one of them only. */
export async function nameHidden(twin: Twin, record: string, refs: readonly string[]): Promise<void> {
  const officer = await twin.as('opcc-officer');
  for (const ref of refs)
    for (const says of [ref, `As ${ref} was told.`])
      for (const path of ['owner', 'meeting', 'body', 'due']) {
        twin.tick();
        await officer.does('recordOtherwiseStated', { record, path, says, source: { document: 'Log' } });
      }
  await twin.served.ready();
}

/** Texts with ids, positions and random references as they come: the first is 1, the next 2, and so on. */
function normaliser(): (text: string) => string {
  const names = new Map<string, string>();
  const nameOf = (kind: string) => (one: string) => {
    if (!names.has(one)) names.set(one, `${kind}${names.size}`);
    return names.get(one)!;
  };
  const opaque = (token: string): string => {
    // A cursor is a list, so it begins with the bracket of one. Most words do not, and to try each by parsing it takes longer than all pages.
    if (token.startsWith('W'))
      try {
        const keys: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
        if (Array.isArray(keys) && keys.every((key) => typeof key === 'string')) return `CURSOR${JSON.stringify(keys)}`;
      } catch {
        // No cursor.
      }
    return token.length >= 60 ? nameOf('PLACE')(token) : token;
  };
  return (text) =>
    text
      .replace(/[A-Za-z0-9_-]{12,}/g, opaque)
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, nameOf('ID'))
      .replace(/127\.0\.0\.1:\d+/g, 'HERE');
}

/** `cost` where it is counted. */
export type Asked = readonly (readonly [what: string, text: string, cost?: Cost])[];

/** What of a walk falls to one reader: what all kinds are, and what is only one more of a kind, is looked at in parts. */
export interface Share {
  /** Of what is dealt out, to how many, and which of them this is. */
  readonly at: number;
  readonly of: number;
  /** Deals otherwise for each story. */
  readonly seed: number;
  /** Kinds of pages and forms that readers before this one have looked at. The last of them looks at what nobody has. */
  readonly looked: Set<string>;
  /** An address of each kind that a page of one of these ledgers led to and that its reader left to the others. */
  readonly left: ReadonlyMap<Twin, Map<string, string>>;
  readonly isLast: boolean;
  /** Looks at few of each kind. */
  readonly isQuick: boolean;
}

/** True for one of those to whom something is dealt out, and for another one in another story. */
function falls(to: Share, what: string): boolean {
  let mixed = 2_166_136_261 ^ to.seed;
  for (let at = 0; at < what.length; at += 1) mixed = Math.imul(mixed ^ what.charCodeAt(at), 16_777_619);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % to.of === to.at;
}

/** How often the tables are asked for an answer: that tells something too. What is no longer answered so says nothing, and counts as it did. */
function costOf(
  { served }: Twin,
  questions: number,
  status: number,
  give: () => Promise<{ readonly status: number }>,
): Cost {
  const again = async () => {
    const before = served.ledger.questions;
    const given = await give();
    return given.status === status ? served.ledger.questions - before : questions;
  };
  return { questions, again };
}

const AT_MEETING = 'query ($asOf: AsOf) { ledger(asOf: $asOf) { basis { effective } } }';
const FACTS = (schema.getType('MeetingFacts') as GraphQLEnumType).getValues().map(({ name }) => name);
const FACTS_OF_MEETING = `query ($ref: ID!, $list: MeetingFacts!, $asOf: AsOf) { ledger(asOf: $asOf) { meeting(ref: $ref) {
  cutOff { effective recorded }
  facts(list: $list, first: 500) {
    totalCount incomplete pageInfo { hasNextPage endCursor }
    edges { cursor node { record register event { id type effectiveOn recordedAt delayDays by { ref } } amendments { id type } } }
  }
} } }`;

/**
 * Every question of the schema today, and those that fall to this reader as known on an earlier day and as told to a meeting; every list at two bases
 * beside each other, and of records and bridges those that fall to this reader; what a meeting was told and not; and of every way to narrow a list those
 * that fall to this reader.
 *
 * @param meeting one that is a point in time
 */
async function questions(
  twin: Twin,
  client: Client,
  refs: readonly string[],
  meeting: string,
  mustAnswer: string[],
  share: Share,
  post: string | null,
): Promise<Asked> {
  const isControl = post === CONTROL;
  const asked: [string, string, Cost?][] = [];
  const ask = async ({ name, query, variables }: EveryQuery, at: Variables = { asOf: {} }): Promise<void> => {
    const give = () => client.post(query, { ...variables, ...at });
    const before = twin.served.ledger.questions;
    const { status, text } = await give();
    const cost = costOf(twin, twin.served.ledger.questions - before, status, give);
    const { data, errors } = JSON.parse(text) as { data?: Readonly<Record<string, unknown>>; errors?: unknown };
    if (status !== 200 || errors !== undefined || !Object.values(data ?? {}).some((answer) => answer !== null))
      mustAnswer.push(`${name}: ${JSON.stringify(errors ?? text).slice(0, 300)}`);
    asked.push([`${name} ${JSON.stringify(at)}`, text, cost]);
  };
  const known = {
    ref: refs,
    ...Object.fromEntries(
      KINDS_OF_RECORD.flatMap((kind, at) =>
        ['Ledger', 'Comparison'].map((of) => [`${of}.${kind}.ref`, ofKindAndAnother(refs, kind, at + share.seed)]),
      ),
    ),
    rag: ['CGB-rag'],
    scale: ['CGB-scores'],
    policy: ['CGB-due-dates'],
    name: ['OPEN/1', 'HIDDEN/1'],
    body: ['CGB', ...refs.filter((ref) => /^HID\d/.test(ref))],
    // Nothing of the panel and of that meeting is published: to the public neither is there.
    panel: post === null ? [] : ['PAN'],
    'Ledger.riskMovement.since': [OF_THE_PANEL],
    'Ledger.riskMovement.until': [],
  };
  const earlier = { effective: '2023-09-25', recorded: `${TODAY}T09:12:30.000Z`, clock: 'PROVEN' };
  const told = { meeting, view: 'TOLD' };
  for (const one of everyQuery(schema, known)) {
    await ask(one);
    if (isControl) continue;
    if (falls(share, one.name)) await ask(one, { asOf: earlier });
    if (post !== null && falls(share, `${one.name} told`)) await ask(one, { asOf: told });
  }
  const halfway = { effective: '2023-09-20', recorded: `${TODAY}T09:45:30.000Z` };
  const ends = [
    { before: halfway, after: {} },
    { before: post === null ? { effective: '2023-09-25' } : told, after: {} },
    { before: { effective: '2023-09-19' }, after: {} },
    { before: { ...halfway, clock: 'PROVEN' }, after: { clock: 'PROVEN' } },
  ];
  for (const [at, { name, ...one }] of everyComparison(schema, known).entries()) {
    const what = `compared ${name}`;
    const isForAll = !name.includes('(');
    if (isForAll || (isControl ? TELLING.includes(what) : falls(share, what)))
      await ask({ name: what, ...one }, ends[(at + share.seed) % ends.length]);
  }
  for (const list of FACTS)
    await ask({ name: `facts ${list}`, query: FACTS_OF_MEETING, variables: { ref: meeting, list } }, { asOf: {} });
  if (isControl) return asked;
  // Of a meeting that is hidden and of one that there is not, the same is said where it is to be a point in time.
  for (const ref of refs) {
    const { text } = await client.post(AT_MEETING, { asOf: { meeting: ref, view: 'KNOWN_NOW' } });
    asked.push([`at the meeting ${ref}`, text]);
  }
  for (const one of everyNarrowing(schema, known, refs, ['Hidden', 'Own', ...refs, '1']))
    if (falls(share, one.name)) await ask(one);
  return asked;
}

/** Of these, those of a kind, and one other: what is spelt like none of the kind is refused by its spelling, before anything is looked up. */
function ofKindAndAnother(refs: readonly string[], kind: RecordKind | null, at: number): readonly string[] {
  const isOther = (ref: string): boolean => kind !== null && kindSpelt(ref) !== kind;
  const others = refs.filter(isOther);
  return [...refs.filter((ref) => !isOther(ref)), ...(others.length === 0 ? [] : [others[at % others.length]!])];
}

/**
 * Every command there is: about each of these records that is of its kind and about one other, and about an open one of its kind with each
 * second of them named in it where a command names others; in turn with everything in its input and with no more than it must have.
 *
 * @param about an open record of each kind
 * @param isQuick about the first and one other, and with one of them named in it; with everything in its input
 */
async function refusals(
  client: Client,
  refs: readonly string[],
  about: ReadonlyMap<RecordKind, string>,
  event: string,
  { seed, isQuick }: Share,
): Promise<Asked> {
  const asked = new Map<string, string>();
  const [first = '', ...others] = refs;
  for (const [of, field] of Object.keys(schema.getMutationType()!.getFields()).entries()) {
    const type = schema.getType(`${field[0]!.toUpperCase()}${field.slice(1)}Input`) as GraphQLInputObjectType;
    const { kind } = MUTATIONS[field]!;
    const open = (kind === null ? undefined : about.get(kind)) ?? first;
    const turn = of + seed;
    const few = others.length === 0 ? [] : [others[turn % others.length]!];
    const subjects = [open, ...(isQuick ? few : ofKindAndAnother(refs, kind, turn))];
    const named = isQuick ? few : others.filter((_, at) => (turn + at) % 2 === 0);
    const pairs = [...subjects.map((ref) => [ref, ref]), ...named.map((link) => [open, link])] as const;
    for (const [at, [ref, link]] of pairs.entries()) {
      const input = inputOf(type, isQuick || (turn + at) % 2 === 0, ref!, link!, event);
      const name = `${field} ${JSON.stringify(input)}`;
      // Where a command names no other record, a pair says nothing more.
      if (!asked.has(name)) asked.set(name, (await client.post(mutation(field), { input })).text);
    }
  }
  return [...asked];
}

function inputOf(type: GraphQLInputObjectType, whole: boolean, ref: string, link: string, event: string): Variables {
  const said: Record<string, unknown> = {};
  for (const { name, type: of } of Object.values(type.getFields())) {
    if (!whole && !isNonNullType(of) && !['event', 'before', 'reason', 'by'].includes(name)) continue;
    if (['dated', 'session', 'effectiveOn'].includes(name) || (name === 'before' && !whole)) continue;
    said[name] = valueOf(name, of, ['ref', 'record', 'post'].includes(name) ? ref : link, event);
  }
  return said;
}

function valueOf(name: string, type: GraphQLInputType, ref: string, event: string): unknown {
  const named = getNamedType(type);
  if (name === 'commandId') return '7f0c1f0e-54a4-4b5e-8f0e-5d0f1f5b7d11';
  if (name === 'event' || name === 'before') return event;
  if (name === 'path') return 'title';
  if (isEnumType(named)) return named.getValues()[0]!.name;
  if (named.name === 'ConditionInput') return { filter: 'body', is: [ref] };
  if (isInputObjectType(named)) return 'meeting' in named.getFields() ? { meeting: ref } : { document: 'd' };
  if (named.name === 'ID') return ref;
  if (named.name === 'Date') return '2023-12-01';
  if (named.name === 'Boolean') return false;
  if (named.name === 'Int') return 1;
  return 't';
}

/** What a writer is told of what may be a slip in what was accepted: an action called as a hidden one is, and one called as an open one. */
async function notices(client: Client, meeting: string): Promise<Asked> {
  const asked: [string, string][] = [];
  for (const [index, title] of ['Hidden', 'Others'].entries()) {
    const input = { commandId: `7f0c1f0e-54a4-4b5e-8f0e-5d0f1f5b7d2${index}`, meeting, title, ...WHY };
    const { text } = await client.post(
      `mutation ($input: RaiseActionInput!) { raiseAction(input: $input) { action { ref } position notices { code sentence record } } }`,
      { input: { ...input, effectiveOn: '2023-09-20' } },
    );
    asked.push([`noticed of ${title}`, text]);
  }
  return asked;
}

/** Who may see everything, and so is told of what is in one of the ledgers only. */
const CONTROL = 'internal-auditor';

/** The kind of a page that was seen, as the walk names it. */
function kindOfSeen(what: string): string {
  const [, sent = '', path = ''] = /^page (POST )?(.*)$/.exec(what) ?? [];
  return `${sent}${kindOf({ path })}`;
}

/** Some reader looks at it, whoever it falls to; what is narrowed in several ways at once only if it falls to one of these. */
const isForSomebody = (kind: string): boolean => !kind.includes('&');

/** Everything that a reader is told, in one order. */
export async function everything(
  twin: Twin,
  post: string | null,
  refs: readonly string[],
  about: ReadonlyMap<RecordKind, string>,
  event: string,
  meetings: { readonly held: string; readonly ofToday: string },
  mustAnswer: string[],
  share: Share,
): Promise<Asked> {
  const client = post === null ? twin.served.public : await twin.as(post);
  const headers = await headersOf(twin.served.url, post);
  const isControl = post === CONTROL;
  // Of who may see everything it is enough that some of all this differs.
  const few = isControl ? refs.slice(0, 1) : refs;
  const asked = await questions(twin, client, few, meetings.ofToday, mustAnswer, share, post);
  // What a page costs tells something too: how often it asked the tables.
  const costs: number[] = [];
  let before = twin.served.ledger.questions;
  const count = (): void => {
    costs.push(twin.served.ledger.questions - before);
    before = twin.served.ledger.questions;
  };
  const left = share.left.get(twin)!;
  const unseen = new Map(
    share.isLast ? [...left].filter(([kind]) => isForSomebody(kind) && !share.looked.has(kind)) : [],
  );
  const foundByOthers = new Set(unseen.values());
  const look = ({ path, status, html }: PageSeen): void => {
    count();
    const mayRefuse = path.startsWith('POST ') || foundByOthers.has(path);
    // What is sent as it stands may be refused, and says why, as may what others were led to. All else is a page that shows something, or
    // leads to one.
    if (status >= (mayRefuse ? 500 : 400)) mustAnswer.push(`${status} ${path}`);
    if (status !== 303 && !html.includes('<h1') && !path.startsWith('/assets/')) mustAnswer.push(`empty: ${path}`);
  };
  // What there is at all is for every reader; each further way to narrow it, or to put it at a date, for one of them.
  const paths = new Map<string, string>();
  const ofAKind = (kind: string): number => {
    if (isControl || unseen.has(kind) || fewOfAKind(kind) === 0) return 0;
    const [path = ''] = kind.split('?');
    // Some are reached narrowed only.
    if (!paths.has(path)) paths.set(path, kind);
    if (paths.get(path) === kind) return share.isQuick ? 1 : 2;
    return falls(share, kind) || (share.isLast && isForSomebody(kind) && !share.looked.has(kind)) ? 1 : 0;
  };
  const leaveOut = (path: string, kind: string): void => {
    if (!left.has(kind)) left.set(kind, path);
  };
  const pages = await everyPage(twin.served.url, headers, {
    ...{ from: ['/', ...foundByOthers], sendsForms: true, ofAKind, leaveOut, look },
  });
  const named = await pagesAt(
    twin.served.url,
    [
      ...KINDS_OF_RECORD.flatMap((kind, at) =>
        ofKindAndAnother(refs, kind, at).map((ref) => `${pathOfKind(kind)}/${ref}`),
      ),
      '/health/ready',
      '/health/live',
    ],
    headers,
    count,
  );
  return [
    ...asked,
    ...[...pages, ...named].map(({ path, status, headers: sent, html }, at) => {
      const cost = costOf(twin, costs[at]!, status, async () => (await pagesAt(twin.served.url, [path], headers))[0]!);
      const isOnce = path.startsWith('POST ');
      return [`page ${path}`, `${status} ${sent} ${html}`, isOnce ? { ...cost, again: null } : cost] as const;
    }),
    ...(isControl ? [] : await refusals(client, post === 'force-lead' ? refs : refs.slice(-1), about, event, share)),
    ...(post === 'force-lead' ? await notices(client, meetings.held) : []),
  ];
}

/** What the two tell differently, ids and places aside. */
export function differences(one: Asked, other: Asked): readonly string[] {
  const [first, second] = [normaliser(), normaliser()];
  const found: string[] = [];
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [a, b] = [one[at], other[at]];
    // Where a sign-in leads back to is the address of the page, whose places are written twice over there.
    const told = (said: Asked[number] | undefined) =>
      (said === undefined ? '' : `${said[0]} ${said[1]}`).replace(/return=%2F[^"& ]*/g, 'return=');
    const [saidA, saidB] = [first(told(a)), second(told(b))];
    if (saidA === saidB) continue;
    let from = 0;
    while (saidA[from] === saidB[from]) from += 1;
    found.push(
      `${a?.[0].slice(0, 120)}: …${saidA.slice(Math.max(0, from - 80), from + 120)} | …${saidB.slice(Math.max(0, from - 80), from + 120)}`,
    );
  }
  return found;
}

/** What took one of the two more questions than the other, however often it is asked for. */
async function differencesOfCost(one: Asked, other: Asked): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [at, [what, , cost]] of one.entries()) {
    const [, , otherCost] = other[at] ?? [];
    if (cost !== undefined && otherCost !== undefined && (await costsApart(cost, otherCost)))
      found.push(`${what.slice(0, 120)}: asked the tables ${cost.questions} times | ${otherCost.questions} times`);
  }
  return found;
}

/** Into how many parts what is dealt out is split where one reader looks at one of them. */
const PARTS = 6;

/** Questions that the hidden matters of a story change for whoever may see them. */
const TELLING = [
  ...['actions', 'meetings', 'posts', 'bodies', 'contradictions', 'recommendations', 'risks', 'decisions'],
  ...['agendaItems', 'agendaItemCounts', 'forwardPlanItems'],
  ...['compared actions', 'compared risks', 'compared meetings', 'compared actionBridge(by: OWNER)'],
  ...['facts TOLD', 'facts NOT_TOLD'],
];

/**
 * Makes the twins of a story, and holds that these readers are told the same by both, and that who may see everything is not.
 *
 * @param isQuick asks about few records
 */
export function tellTheSame(
  seed: number,
  readers: readonly (readonly [who: string, post: string | null])[],
  isQuick = false,
): void {
  let twins: readonly [Twin, Twin];
  let refs: readonly string[];
  let about: ReadonlyMap<RecordKind, string>;
  let event: string;
  let meetings: { readonly held: string; readonly ofToday: string };
  const reports: (readonly LoadOutcome[])[] = [];

  beforeAll(async () => {
    twins = [await newTwin(), await newTwin()];
    left = new Map(twins.map((twin) => [twin, new Map()]));
    const [seen, seenToo] = await Promise.all([live(twins[0], false, seed), live(twins[1], true, seed)]);
    expect(seenToo).toEqual(seen);
    const { hidden, hiddenEvents } = twins[1];
    // One of each shape: an action, a meeting, a post, a body, a person, what was hidden later. What is hidden in one of them is absent in
    // the other, so that the two being told alike says of hidden and absent that they are.
    const ofAShape = [
      /-A[a-z]/,
      /-D[a-z]/,
      /-\d\d-[a-z]/,
      /^hidden/,
      /^HID/,
      /^person-/,
      /-A\d+$/,
      /-\d\d-\d\d$/,
    ].flatMap((shape) => hidden.find((ref) => shape.test(ref)) ?? []);
    expect(ofAShape.length).toBeGreaterThanOrEqual(3);
    expect(hiddenEvents).not.toEqual([]);
    refs = isQuick
      ? [seen['own']!, ...ofAShape.slice(0, 2)]
      : [seen['own']!, seen['others']!, seen['board']!, 'CGB', 'estates-lead', ...ofShare(ofAShape, 2)];
    // The first that was seen of each kind stands for it.
    about = new Map(
      Object.values(seen)
        .toReversed()
        .flatMap((ref) => {
          const kind = kindSpelt(ref);
          return kind === null ? [] : [[kind, ref] as const];
        }),
    );
    event = hiddenEvents[0]!;
    meetings = { held: seen['board']!, ofToday: seen['ofToday']! };
    for (const twin of twins) {
      await nameHidden(twin, seen['others']!, isQuick ? ofAShape.slice(0, 2) : ofAShape);
      const hides = twin === twins[1] ? [hiddenPapers(seen)] : [];
      const told = await twin.loads(...hides, wrongPapers(seen), openPapers(seen));
      for (const report of told.splice(0, 2 * hides.length))
        expect(report).toMatchObject({ outcome: 'passed', rows: 7 });
      reports.push(told);
    }
  }, 600_000);
  afterAll(async () => {
    for (const { served } of twins ?? []) await served.remove();
  });

  const looked = new Set<string>();
  let left: ReadonlyMap<Twin, Map<string, string>>;
  const told = async (post: string | null) => {
    const at = readers.findIndex(([, one]) => one === post);
    const share = {
      // One reader alone looks at a part, and at another one for each story.
      ...(isQuick ? { at: 0, of: PARTS } : { at: Math.max(at, 0), of: readers.length }),
      ...{ seed, looked, left, isQuick, isLast: !isQuick && at === readers.length - 1 },
    };
    const mustAnswer: string[] = [];
    const both = await Promise.all(
      twins.map((twin) => everything(twin, post, refs, about, event, meetings, mustAnswer, share)),
    );
    for (const [what] of both[0]!) if (what.startsWith('page ')) looked.add(kindOfSeen(what));
    return { mustAnswer, both };
  };

  it('report the same of an import that both take, of its rehearsal, and of one that has mistakes', () => {
    const [first, second] = reports;
    expect(first!.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'passed', 'passed']);
    expect(first![0]).toMatchObject({ found: 6, skipped: 1 });
    const asTold = (report: LoadOutcome): Asked[number] => ['the report', JSON.stringify(report)];
    expect(differences(first!.map(asTold), second!.map(asTold))).toEqual([]);
  });

  it.each(readers.map((reader) => [...reader]))(
    'tell %s the same, byte for byte: every question, every page, every refusal',
    async (_, post) => {
      const { mustAnswer, both } = await told(post);
      expect(mustAnswer).toEqual([]);
      expect(both[0]!.length).toBeGreaterThan(100);
      expect(differences(both[0]!, both[1]!)).toEqual([]);
      expect(await differencesOfCost(both[0]!, both[1]!)).toEqual([]);
      // It is told of what it may see.
      if (post === 'force-lead') {
        expect(both[0]!.at(-1)![1]).toContain('SAME_TITLE');
        expect(both[0]!.some(([, text]) => text.includes(COLOURED))).toBe(true);
      }
    },
    600_000,
  );

  it('tell whoever may see everything of all of it (control)', async () => {
    const { mustAnswer, both } = await told(CONTROL);
    const found = differences(both[0]!, both[1]!);
    expect(mustAnswer).toEqual([]);
    expect(JSON.stringify(both)).toMatch(/AUTHORITY_NOT_HELD.*mistaken-lead/s);
    for (const what of [...TELLING, 'actionCounts(by: OWNER)', 'page /'])
      expect([what, found.some((one) => one.startsWith(what))]).toEqual([what, true]);
  }, 600_000);
}
