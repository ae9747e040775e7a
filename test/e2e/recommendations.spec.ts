import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client, Json, Variables } from './client.ts';
import { loadExample, newPlace, serveLedger, type ServedLedger } from './served-ledger.ts';

/*
 * One ledger, kept from 4 January to 30 April 2024, of the body JARAP, which follows up what the inspectorate HMI recommends. The route of HMI asks
 * for the owner and an auditor. What was done on a day was recorded that day, but for what auditors and inspectors say: that the office
 * learns by letter, the auditor's of 20 February on the 26th, the inspectorate's of 25 March on 2 April.
 */
const WHY = { reason: 'As the letter says.' };
const INSPECTORS = { by: 'inspector' };
const AUDITORS = { by: 'audit-firm' };

/** A paper of 2023 that was loaded in January: published ten days after each of its facts. */
const PAPER = [
  'key,command,as,name,body,originator,kind,title,record,word,effective_on,document,published_on',
  'jarap,addBody,JARAP,Audit panel,,,,,,,2023-10-01,Paper,2023-10-11',
  'hmi,addBody,HMI,Inspectorate,,,,,,,2023-10-01,Paper,2023-10-11',
  'rec,makeRecommendation,,,JARAP,HMI,RECOMMENDATION,Of a paper,,,2023-11-01,Paper,2023-11-11',
  'said,sayOwnerWord,,,,,,,rec,DONE,2023-12-01,Paper,2023-12-11',
];

describe('recommendations over HTTP', () => {
  let now = Date.parse('2024-01-04T12:00:00.000Z');
  let served: ServedLedger;
  let officer: Client;
  let commissioner: Client;
  let lead: Client;
  let monitoring: Client;
  let panel: Client;
  let letter: string;
  const folder = mkdtempSync(join(tmpdir(), 'recommendations-'));
  const refs: Record<string, string> = {};

  const onDay = (day: string) => (now = Date.parse(`${day}T12:00:00.000Z`));
  const make = async (title: string, more: Variables = {}) => {
    const made = { body: 'JARAP', originator: 'HMI', kind: 'RECOMMENDATION', title, owner: 'force-lead', ...more };
    refs[title] = (await officer.does('makeRecommendation', made)).recommendation.ref;
  };
  const says = (client: Client, party: string, word: string, more: Variables, titles: readonly string[]) =>
    Promise.all(
      titles.map((title) => client.does(`say${party}Word`, { ref: refs[title], word, text: 'So.', ...WHY, ...more })),
    );
  const told = (by: Variables, effectiveOn: string) => ({ ...by, authority: { document: letter }, effectiveOn });

  beforeAll(async () => {
    writeFileSync(join(folder, 'import.json'), JSON.stringify({ id: 'paper', files: ['rows.csv'] }));
    writeFileSync(join(folder, 'rows.csv'), `${PAPER.join('\n')}\n`);
    const clock = { now: () => now };
    const place = await newPlace('sqlite');
    await loadExample(place, { clock }, [folder]);
    served = await serveLedger({ place, clock });
    [officer, commissioner, lead, monitoring, panel] = (await Promise.all(
      ['opcc-officer', 'commissioner', 'force-lead', 'monitoring-officer', 'jarap-member'].map((post) =>
        served.as(post),
      ),
    )) as [Client, Client, Client, Client, Client];
    for (const client of [commissioner, lead, monitoring])
      await client.fails('agreeAction', { ref: 'NONE-2000-01-A1' });
    for (const ref of ['inspector', 'audit-firm'])
      await officer.does('addPost', { ref, name: ref, capacity: 'external' });
    letter = (await officer.does('recordDocument', { body: 'JARAP', title: 'Letter', kind: 'LETTER' })).document.ref;
    const route = await monitoring.does('addRule', { kind: 'CLOSURE_ROUTE', body: 'HMI', title: 'Route' });
    const asked = { ownerSays: true, officeSays: false, auditorSays: true, originatorSays: false };
    await monitoring.does('setClosureRoute', { ref: route.rule.ref, ...asked });

    onDay('2024-01-05');
    for (const title of ['walked', 'four words', 'untouched']) await make(title, { due: { on: '2024-03-01' } });
    const action = { body: 'JARAP', title: 'put off', owner: 'force-lead', due: { on: '2024-03-01' } };
    refs['action'] = (await officer.does('raiseAction', action)).action.ref;
    refs['undated action'] = (
      await officer.does('raiseAction', { ...action, title: 'no day', due: undefined })
    ).action.ref;
    await commissioner.does('agreeAction', { ref: refs['action'] });
    onDay('2024-02-10');
    await says(lead, 'Owner', 'DONE', {}, ['walked', 'four words']);
    onDay('2024-02-26');
    await says(officer, 'Auditor', 'DONE', told(AUDITORS, '2024-02-20'), ['walked']);
    await says(officer, 'Auditor', 'PARTLY', told(AUDITORS, '2024-02-20'), ['four words']);
    onDay('2024-03-05');
    await commissioner.does('reopenRecommendation', { ref: refs['walked'], ...WHY });
    await officer.does('moveRecommendationDueDate', { ref: refs['untouched'], due: { on: '2024-05-01' }, ...WHY });
    await officer.does('extendActionDueDate', { ref: refs['action'], due: { on: '2024-05-01' }, ...WHY });
    onDay('2024-03-12');
    await says(lead, 'Owner', 'PARTLY', {}, ['walked']);
    onDay('2024-03-20');
    await says(lead, 'Owner', 'DONE', {}, ['walked']);
    onDay('2024-04-02');
    await says(officer, 'Originator', 'NOT_DONE', told(INSPECTORS, '2024-03-25'), ['walked', 'four words']);
    onDay('2024-04-20');
    await officer.does('moveRecommendationDueDate', { ref: refs['untouched'], due: { on: '2024-06-01' }, ...WHY });
    await officer.does('extendActionDueDate', { ref: refs['action'], due: { on: '2024-06-01' }, ...WHY });
    onDay('2024-04-30');
    await served.ready();
  }, 240_000);
  afterAll(async () => {
    await served?.remove();
    served?.place.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const asked = async (asOf: Variables, title: string, fields: string, client = panel): Promise<Json> => {
    const query = `query ($ref: ID!, $asOf: AsOf) { ledger(asOf: $asOf) { recommendation(ref: $ref) { ${fields} } } }`;
    return (await client.runs(query, { ref: refs[title], asOf })).ledger.recommendation;
  };
  const statusAt = async (asOf: Variables, title = 'walked') => (await asked(asOf, title, 'status'))?.status ?? null;
  /** The last instant of a day in London, which in these months is an hour before or at midnight of Greenwich. */
  const endOf = (day: string) =>
    new Date(Date.parse(`${day}T23:59:59.999+0${day >= '2024-03-31' ? 1 : 0}:00`)).toISOString();

  it('walk a whole route: where one stands on each day, by all that is known now', async () => {
    const days = {
      '2024-01-04': null, // Not made yet.
      '2024-01-05': 'ALLOCATED',
      '2024-02-09': 'ALLOCATED',
      '2024-02-10': 'REPORTED_COMPLETE', // Its owner says DONE.
      '2024-02-19': 'REPORTED_COMPLETE',
      '2024-02-20': 'CLOSED', // An auditor says DONE: the route asks for no more.
      '2024-03-04': 'CLOSED',
      '2024-03-05': 'IN_PROGRESS', // Reopened: what was said before counts no more.
      '2024-03-12': 'IN_PROGRESS', // Its owner says PARTLY.
      '2024-03-19': 'IN_PROGRESS',
      '2024-03-20': 'REPORTED_COMPLETE', // DONE again; the auditor's word is of before.
      '2024-03-24': 'REPORTED_COMPLETE',
      '2024-03-25': 'IN_PROGRESS', // The inspectorate says NOT_DONE, which sends it back.
      '2024-04-30': 'IN_PROGRESS',
    };
    const found = await Promise.all(
      Object.keys(days).map(async (effective) => [effective, await statusAt({ effective })] as const),
    );
    expect(Object.fromEntries(found)).toEqual(days);
    const at = (effective: string) => asked({ effective }, 'walked', 'route closed { on } reopened waitingFor');
    const route = ['OWNER', 'AUDITOR'];
    expect(await at('2024-02-20')).toEqual({ route, closed: { on: '2024-02-20' }, reopened: 0, waitingFor: [] });
    expect(await at('2024-03-20')).toEqual({ route, closed: null, reopened: 1, waitingFor: ['AUDITOR'] });
    expect(await at('2024-03-25')).toEqual({ route, closed: null, reopened: 1, waitingFor: route });
  });

  it('stand on each day where what was known by then puts them, on both clocks', async () => {
    // The day asked about, the day by whose end it was known, and where it stood.
    const known = [
      ['2024-02-20', '2024-02-20', 'REPORTED_COMPLETE'],
      ['2024-02-20', '2024-02-25', 'REPORTED_COMPLETE'],
      ['2024-02-20', '2024-02-26', 'CLOSED'],
      ['2024-02-26', '2024-02-26', 'CLOSED'],
      ['2024-03-05', '2024-03-05', 'IN_PROGRESS'],
      ['2024-03-20', '2024-03-20', 'REPORTED_COMPLETE'],
      ['2024-03-25', '2024-04-01', 'REPORTED_COMPLETE'],
      ['2024-03-25', '2024-04-02', 'IN_PROGRESS'],
    ] as const;
    for (const clock of ['PROVEN', 'STATED'])
      for (const [effective, by, status] of known)
        expect([clock, effective, by, await statusAt({ effective, recorded: endOf(by), clock })]).toEqual([
          ...[clock, effective, by, status],
        ]);
    // Of a paper: as published by the one clock, as loaded on 4 January by the other.
    const { ledger } = await panel.runs(
      `{ ledger { recommendations(filter: { text: "Of a paper" }) { edges { node { ref } } } } }`,
    );
    refs['paper'] = ledger.recommendations.edges[0].node.ref;
    const ofPaper = (by: string, clock: string) =>
      statusAt({ effective: '2023-12-01', recorded: endOf(by), clock }, 'paper');
    expect(await Promise.all(['2023-11-10', '2023-12-10', '2023-12-11'].map((by) => ofPaper(by, 'STATED')))).toEqual([
      ...[null, 'AWAITING_RESPONSE', 'REPORTED_COMPLETE'],
    ]);
    expect(await Promise.all(['2023-12-11', '2024-01-04'].map((by) => ofPaper(by, 'PROVEN')))).toEqual([
      ...[null, 'REPORTED_COMPLETE'],
    ]);
  });

  it('show what each of four parties says at any basis, with who is out of step and since when', async () => {
    const at = async (asOf: Variables) => {
      const { said, outOfStep } = await asked(
        asOf,
        'four words',
        'said { party word effectiveOn } outOfStep { parties since }',
      );
      return {
        said: said.map(({ word }: Json) => word),
        since: outOfStep.map(({ parties, since }: Json) => [...parties, since].join(' ')),
      };
    };
    // In the order of the parties: the owner, the office, an auditor, whoever made it.
    expect(await at({ effective: '2024-02-09' })).toEqual({ said: [null, null, null, null], since: [] });
    expect(await at({ effective: '2024-02-10' })).toEqual({ said: ['DONE', null, null, null], since: [] });
    const withAuditor = { said: ['DONE', null, 'PARTLY', null], since: ['OWNER AUDITOR 2024-02-20'] };
    expect(await at({ effective: '2024-02-20' })).toEqual(withAuditor);
    const all = {
      said: ['DONE', null, 'PARTLY', 'NOT_DONE'],
      since: ['OWNER AUDITOR 2024-02-20', 'OWNER ORIGINATOR 2024-03-25', 'AUDITOR ORIGINATOR 2024-03-25'],
    };
    for (const effective of ['2024-03-25', '2024-04-30']) expect(await at({ effective })).toEqual(all);
    // As known on the day, and as known once the letter was there.
    const on25March = { effective: '2024-03-25' };
    expect(await at({ ...on25March, recorded: endOf('2024-04-01') })).toEqual(withAuditor);
    expect(await at({ ...on25March, recorded: endOf('2024-04-02') })).toEqual(all);
    expect(await asked({}, 'four words', 'status')).toEqual({ status: 'IN_PROGRESS' });
  });

  it('are listed and counted as each stands, at two bases', async () => {
    const query = `query ($asOf: AsOf) { ledger(asOf: $asOf) {
      outOfStep: recommendations(filter: { outOfStep: true }) { edges { node { ref } } }
      closed: recommendations(filter: { status: [CLOSED] }) { edges { node { ref } } }
      late: recommendations(filter: { overdue: true }) { edges { node { ref } } }
      recommendationCounts(by: STATUS) { key count } } }`;
    const at = async (asOf: Variables) => {
      const { recommendationCounts, ...lists } = (await panel.runs(query, { asOf })).ledger;
      const titles = Object.entries<Json>(lists).map(([name, { edges }]) => [
        name,
        edges.map(({ node }: Json) => Object.keys(refs).find((title) => refs[title] === node.ref)),
      ]);
      const counts = recommendationCounts.map(({ key, count }: Json) => [key, count]);
      return { ...Object.fromEntries(titles), counts: Object.fromEntries(counts) };
    };
    expect(await at({ effective: '2024-03-04' })).toEqual({
      ...{ outOfStep: ['four words'], closed: ['walked'], late: ['four words', 'untouched'] },
      counts: { ALLOCATED: 1, IN_PROGRESS: 1, REPORTED_COMPLETE: 1, CLOSED: 1 },
    });
    expect(await at({ effective: '2024-04-30' })).toEqual({
      ...{ outOfStep: ['walked', 'four words'], closed: [], late: ['walked', 'four words'] },
      counts: { ALLOCATED: 1, IN_PROGRESS: 2, REPORTED_COMPLETE: 1 },
    });
  });

  /*
   * Made, and raised, on 5 January and due on 1 March, 56 days later; put off on 5 March, when that date had passed, and on 20 April, when the
   * new one had not. From 1 January the policy lets 30 days pass; from 1 April any number, and a date is put off once, before it passes.
   */
  it('and actions alike tell what of a due-date policy they did not keep, by the version in force on the day asked about', async () => {
    const since = (effectiveOn: string) => ({ effectiveOn, ...WHY });
    const policy = async (as: string, asks: Variables, more: Variables = {}) => {
      const rule = { kind: 'DUE_DATE_POLICY', body: 'JARAP', title: as, as, ...since('2024-01-01'), ...more };
      const { ref } = (await monitoring.does('addRule', rule)).rule;
      await monitoring.does('setDueDatePolicy', { ref, ...since('2024-01-01'), ...asks });
      return ref as string;
    };
    const open = await policy('dates', { mostDays: 30 });
    const strict = { dateNeeded: true, mostExtensions: 1, beforeItPasses: true, reasonNeeded: true };
    await monitoring.does('setDueDatePolicy', { ref: open, ...strict, ...since('2024-04-01') });
    const secret = await policy('secret', strict, { marking: 'OFFICIAL_SENSITIVE' });
    await served.ready();
    const query = `query ($rec: ID!, $action: ID!, $undated: ID!, $policy: ID!, $asOf: AsOf) { ledger(asOf: $asOf) {
      recommendation(ref: $rec) { breaches(policy: $policy) }
      action(ref: $action) { breaches(policy: $policy) }
      undated: action(ref: $undated) { breaches(policy: $policy) } } }`;
    const at = async (effective: string, of: string, client = panel) => {
      const about = { rec: refs['untouched'], action: refs['action'], undated: refs['undated action'] };
      const { ledger } = await client.runs(query, { ...about, policy: of, asOf: { effective } });
      return [ledger.recommendation.breaches, ledger.action.breaches, ledger.undated.breaches];
    };
    const both = (...breaches: readonly string[]) => [breaches, breaches];
    expect(await at('2024-03-31', open)).toEqual([...both('TOO_FAR_OFF'), []]);
    expect(await at('2024-04-19', open)).toEqual([...both('EXTENDED_TOO_LATE'), ['NO_DATE']]);
    expect(await at('2024-04-20', open)).toEqual([...both('EXTENDED_TOO_OFTEN', 'EXTENDED_TOO_LATE'), ['NO_DATE']]);
    // Hidden from the panel, of another kind, of no rule, or of one that was not in force yet: alike.
    const nothing = [null, null, null];
    expect(await at('2024-04-20', secret, officer)).toEqual(await at('2024-04-20', open));
    for (const ref of [secret, 'HMI-closure', 'JARAP-none']) expect(await at('2024-04-20', ref)).toEqual(nothing);
    await monitoring.does('endRule', { ref: open, ...WHY });
    await served.ready();
    expect(await at('2024-04-30', open)).toEqual(nothing);
  });
});
