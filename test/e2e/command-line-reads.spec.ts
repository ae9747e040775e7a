import { createHash, randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../apps/command-line/commands.ts';
import { endingPlainly, EXIT } from '../../apps/command-line/exit-codes.ts';
import { AS_OF } from '../../apps/command-line/reading/as-of-command.ts';
import { LISTS } from '../../projections/index.ts';
import { listName, optionsOfFilters } from '../../apps/command-line/reading/options.ts';
import { KINDS_OF_RECORD } from '../../libs/declarations/index.ts';
import type { Client, Json } from './client.ts';
import { serveLedger, type ServedLedger } from './served-ledger.ts';

/*
 * The commands that read, on the papers: beside a server, and without one.
 */

const READING = ['as-of', 'compare', 'bridge', 'slippage', 'replay'];
const DAY = '2023-10-09';
const BEFORE = '2023-01-30';

describe('the commands that read', () => {
  let served: ServedLedger;
  let folder: string;

  beforeAll(async () => {
    served = await serveLedger({ store: 'sqlite', holding: 'example' });
    folder = served.place.settings.data;
    // Nothing of the papers slipped, and nothing of them is hidden from the public: this is both.
    const officer = await served.as('opcc-officer');
    const ref = await does(officer, 'raiseAction', { body: 'CGB', title: 'Put off', due: { on: '2099-01-01' } });
    await does(await served.as('commissioner'), 'agreeAction', { ref });
    await does(officer, 'extendActionDueDate', { ref, due: { on: '2099-02-01' }, reason: 'Later.' });
    const hidden = { body: 'CGB', title: 'For few', owner: 'force-lead', marking: 'OFFICIAL_SENSITIVE' };
    await does(officer, 'raiseAction', hidden);
    // What was written is in the tables once the server answers of it.
    await officer.runs('{ ledger { actions { totalCount } } }');
  }, 240_000);
  afterAll(() => served?.remove());

  async function does(client: Client, name: string, input: object): Promise<string> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const done = await client.runs(`mutation ($input: ${type}!) { ${name}(input: $input) { action { ref } } }`, {
      input: { ...input, commandId: randomUUID() },
    });
    return done[name].action.ref as string;
  }

  async function run(...typed: readonly string[]): Promise<{ readonly status: number; readonly said: string }> {
    const [name, ...args] = typed;
    let said = '';
    const say = (text: string, status: number) => ((said += text), status);
    const terminal = { say, complain: say, show: () => undefined };
    const command = COMMANDS.find((one) => one.name === name)!;
    const status = await endingPlainly(() => command.run(args, { LEDGER_DATA: folder }, terminal), terminal);
    return { status, said };
  }
  async function answers(...typed: readonly string[]): Promise<Json> {
    const { status, said } = await run(...typed, '--json');
    expect([status, said]).toEqual([EXIT.DONE, expect.stringMatching(/^\{.*\}\n$/)]);
    return JSON.parse(said);
  }
  const clientFor = (post: string) => (post === 'public' ? Promise.resolve(served.public) : served.as(post));
  const nodes = (connection: Json) => connection.edges.map(({ node }: Json) => node);

  describe.each(['public', 'jarap-member', 'force-lead', 'opcc-officer'])('for %s', (post) => {
    let client: Client;
    beforeAll(async () => {
      client = await clientFor(post);
    });

    it('list what the API lists, on any day', async () => {
      for (const effective of [undefined, DAY, BEFORE]) {
        const { ledger } = await client.runs(
          'query ($asOf: AsOf) { ledger(asOf: $asOf) { actions(first: 500) { totalCount edges { node { ref title status } } } } }',
          { asOf: effective === undefined ? null : { effective } },
        );
        const on = effective === undefined ? [] : ['--effective', effective];
        const { actions, totalCount } = await answers('as-of', 'actions', '--as', post, '--first', '500', ...on);
        expect(totalCount).toBe(ledger.actions.totalCount);
        expect(actions.map(({ ref, heading, status }: Json) => ({ ref, title: heading, status }))).toEqual(
          nodes(ledger.actions),
        );
      }
    });

    it('tell the history of a record that the API tells', async () => {
      const { ledger } = await client.runs(
        '{ ledger { record(ref: "CGB-2023-04-A1") { history { edges { node { id type effectiveOn recordedAt } } } } } }',
      );
      const { history } = await answers('as-of', 'CGB-2023-04-A1', '--as', post);
      expect(
        history.map(({ event, type, effectiveOn, recordedAt }: Json) => ({ id: event, type, effectiveOn, recordedAt })),
      ).toEqual(nodes(ledger.record.history));
    });

    it('compare and bridge as the API does', async () => {
      const { compare } = await client.runs(
        `{ compare(before: { effective: "${BEFORE}" }, after: { effective: "${DAY}" }) {
          actions(first: 500) { totalCount edges { node { ref moved { change kinds fields { name } } } } }
          actionBridge(by: STATUS) {
            cells { key told knownNow closing }
            lines { step kind count }
          }
        } }`,
      );
      const ends = ['--as', post, '--from-day', BEFORE, '--to-day', DAY];
      const { changes, totalCount } = await answers('compare', 'actions', ...ends, '--first', '500');
      expect(totalCount).toBe(compare.actions.totalCount);
      expect(changes.map(({ ref, change, kinds, fields }: Json) => [ref, change, kinds, fields])).toEqual(
        nodes(compare.actions).map(({ ref, moved: { change, kinds, fields } }: Json) => [
          ...[ref, change, kinds.join(' ')],
          fields.map(({ name }: Json) => name).join(' '),
        ]),
      );
      const bridge = await answers('bridge', 'actions', '--by', 'status', ...ends);
      expect(bridge.cells).toEqual(compare.actionBridge.cells);
      expect(bridge.lines.map(({ step, kind, count }: Json) => ({ step, kind, count }))).toEqual(
        compare.actionBridge.lines,
      );
    });

    it('replay a record as the API does', async () => {
      for (const order of ['RECORDED', 'EFFECTIVE']) {
        const { ledger } = await client.runs(
          `{ ledger { record(ref: "CGB-2023-06-D1") { replay(order: ${order}) { edges { node { number kind known stands event { id } changed { name } } } } } } }`,
        );
        const steps = nodes(ledger.record.replay);
        expect(steps.length).toBeGreaterThan(1);
        const told = await answers('replay', 'CGB-2023-06-D1', '--as', post, '--order', order.toLowerCase());
        expect(
          told.steps.map(({ number, kind, known, event, stands }: Json) => [number, kind, known, event, stands]),
        ).toEqual(
          steps.map(({ number, kind, known, event, stands }: Json) => [
            number,
            kind,
            known,
            event?.id ?? null,
            stands ? 'YES' : 'NO',
          ]),
        );
        expect(told.changes.map(({ number, field }: Json) => [number, field])).toEqual(
          steps.flatMap(({ number, changed }: Json) => changed.map(({ name }: Json) => [number, name])),
        );
        expect(told.changes).toContainEqual({ number: 2, field: 'status', before: 'Proposed', after: 'Made' });
      }
    });

    it('tell what slipped as the API does', async () => {
      const { ledger } = await client.runs(
        '{ ledger { slippage { totalCount edges { node { record of totalDays } } } slippageCounts(by: REGISTER) { key count moves } } }',
      );
      const { dates } = await answers('slippage', '--as', post);
      expect(dates.map(({ record, of, totalDays }: Json) => ({ record, of, totalDays }))).toEqual(
        nodes(ledger.slippage),
      );
      if (post === 'opcc-officer') expect(dates).toMatchObject([{ moveCount: 1, totalDays: 31 }]);
      const { groups } = await answers('slippage', '--as', post, '--by', 'register');
      expect(groups.map(({ key, count, moves }: Json) => ({ key, count, moves }))).toEqual(ledger.slippageCounts);
    });
  });

  it('ask for whom, and tell nobody more than they may see', async () => {
    expect((await run('as-of', 'actions')).said).toMatch(/^Say for whom with --as/);
    const seen = async (post: string) => (await answers('as-of', 'actions', '--as', post, '--first', '500')).totalCount;
    const many = await seen('opcc-officer');
    expect(await seen('public')).toBeLessThan(many - 1);
    // What is for few is for its owner too, and for no panel.
    expect([await seen('jarap-member'), await seen('force-lead')]).toEqual([many - 1, many]);
    expect(
      (await answers('as-of', 'actions', '--as', 'public')).includesTo <
        (await answers('as-of', 'actions', '--as', 'opcc-officer')).includesTo,
    ).toBe(true);
  });

  it.each([
    [['as-of', 'actoins'], /Did you mean actions\?/],
    [['as-of', 'actions', '--status', 'opne'], /^--status is “opne”; it is PROPOSED, /],
    [['as-of', 'actions', '--owner', '?!'], /^--owner is “\?!”; it is a reference /],
    [['as-of', 'actions', '--scale', 'x'], /^--scale narrows no actions\. They are narrowed by --text, --status/],
    [['as-of', 'actions', '--efective', DAY], /Did you mean --effective\?/],
    [['as-of', 'actions', '--effective', '2023-02-30'], /^--effective: The effective date must be a real day/],
    [['as-of', 'actions', '--clock', 'mine'], /^--clock is “mine”; it is STATED or PROVEN\./],
    [['as-of', 'actions', '--meeting', 'CGB-2023-06-21'], /^--view: /],
    [['as-of', 'actions', '--position', 'x'], /^--position: /],
    [['as-of', 'actions', '--first', '0'], /^--first: /],
    [['as-of', 'actions', '--after', 'x'], /^--after: /],
    [['as-of', 'actions', '--json', '--csv'], /not both/],
    [['compare', 'actions', '--from-day', DAY, '--to-day', BEFORE], /^--from-day: .*Turn the two days round/],
    [['compare', 'people'], /^Lists of people are not compared/],
    [['bridge', 'actions', '--by', 'colour'], /^--by is “colour”; it is STATUS, /],
    [['bridge', 'actions'], /^Say by what with --by/],
    [['replay', 'actions'], /^Name the record to be replayed by its reference/],
    [['replay', 'CGB-2023-06-D1', '--order', 'sideways'], /^--order is “sideways”; it is RECORDED or EFFECTIVE/],
    [['replay', 'CGB-2023-06-D1', '--before', 'x'], /^--before: /],
    [['slippage', 'meetings'], /is no register of which dates slip/],
    [['slippage', '--late', 'perhaps'], /^--late is “perhaps”; it is YES or NO/],
  ])('name the option that will not do: %j', async (typed, sentence) => {
    expect(await run(...typed, '--as', 'public')).toEqual({
      status: EXIT.USAGE,
      said: expect.stringMatching(sentence),
    });
  });

  it('know no post that acts in no capacity', async () => {
    const { status, said } = await run('as-of', 'actions', '--as', 'nobody-here');
    expect([status, said]).toEqual([EXIT.USAGE, expect.stringMatching(/^--as: no post “nobody-here” acts/)]);
  });

  it('say in the words of one that is not there that a record is not for the reader', async () => {
    const { status, said } = await run('as-of', 'CGB-2023-04-A99', '--as', 'public');
    expect([status, said]).toEqual([EXIT.PROBLEMS, 'There is no CGB-2023-04-A99 for public at this basis.\n']);
  });

  it('show help with an example, and every filter of every list', async () => {
    for (const name of READING) {
      const { status, said } = await run(name, '--help');
      expect([status, said]).toEqual([EXIT.DONE, expect.stringMatching(/Usage: ledger .*--as POST[^]*\n {2}ledger /)]);
    }
    const { said } = await run('as-of', '--help');
    for (const option of Object.keys(optionsOfFilters(AS_OF.options))) expect(said).toContain(`--${option}`);
  });

  it('do what the example of their help says', async () => {
    for (const { name, example } of COMMANDS.filter((one) => READING.includes(one.name))) {
      const { status, said } = await run(...example.split(' '));
      expect([name, status, said]).toEqual([name, EXIT.DONE, expect.stringMatching(/The read models include what/)]);
    }
  });

  it('take a filter that is a flag of one list for one of all that have it', () => {
    const kinds = new Map<string, boolean>();
    for (const kind of KINDS_OF_RECORD)
      for (const [name, { kind: of }] of Object.entries(LISTS[kind].shown.filters as Record<string, { kind: string }>))
        expect([listName(kind), name, kinds.get(name) ?? of === 'flag']).toEqual([
          listName(kind),
          name,
          (kinds.set(name, of === 'flag'), of === 'flag'),
        ]);
  });

  it('write tables as CSV and as text', async () => {
    const csv = await run('as-of', 'actions', '--as', 'public', '--csv');
    expect(csv.said).toMatch(/^Reference,Title,Status,.*\r\nCGB-2023-04-A1,"?As per/);
    expect((await run('as-of', 'CGB-2023-04-A1', '--as', 'public', '--csv', '--table', 'history')).said).toMatch(
      /^Day,Recorded,What happened,/,
    );
    expect((await run('as-of', 'actions', '--as', 'public')).said).toMatch(
      /^\d+ actions on [^]*The read models include what was recorded up to [^]*\nReference +Title/,
    );
  });

  describe('without a server', () => {
    beforeAll(() => served.stop());

    const digests = () =>
      Object.fromEntries(
        readdirSync(folder)
          .filter((name) => !/-(wal|shm)$/.test(name))
          .sort()
          .map((name) => [
            name,
            createHash('sha256')
              .update(readFileSync(join(folder, name)))
              .digest('hex'),
          ]),
      );

    it('answer all the same, and leave every file as it was', async () => {
      const before = digests();
      expect(before).toHaveProperty(['read-models.sqlite']);
      const asked = [
        'as-of actions',
        'as-of CGB-2023-04-A1',
        `compare actions --from-day ${BEFORE}`,
        'slippage',
        'replay CGB-2023-06-D1',
      ];
      for (const one of [...asked, 'bridge actions --by status'])
        expect((await run(...one.split(' '), '--as', 'jarap-member')).status).toBe(EXIT.DONE);
      expect(digests()).toEqual(before);
    });

    it('say so where the tables are not there, or the file is spoilt, and write nothing in their place', async () => {
      const other = mkdtempSync(join(tmpdir(), 'ledger-tables-'));
      try {
        copyFileSync(join(folder, 'keys.sqlite'), join(other, 'keys.sqlite'));
        const asked = () => run('as-of', 'actions', '--as', 'public', '--data', other);
        expect(await asked()).toEqual({ status: EXIT.NO_READ_MODELS, said: expect.stringMatching(/read models/) });
        writeFileSync(join(other, 'read-models.sqlite'), '');
        expect(await asked()).toEqual({ status: EXIT.USAGE, said: expect.stringMatching(/read-models\.sqlite: /) });
        expect(
          readdirSync(other)
            .filter((name) => !/-(wal|shm)$/.test(name))
            .sort(),
        ).toEqual(['keys.sqlite', 'read-models.sqlite']);
      } finally {
        rmSync(other, { recursive: true });
      }
    });

    it('say what to do where there is nothing to read', async () => {
      const { status, said } = await run('as-of', 'actions', '--as', 'public', '--data', join(folder, 'none'));
      expect([status, said]).toEqual([EXIT.USAGE, expect.stringMatching(/^There are no keys at /)]);
    });
  });
});
