import type { Client, Json, Variables } from './client.ts';
import { dayFromToday, openOffice, TYPED_LATE, type Office } from './office.ts';

const GRANTS = `{ ledger { grants(first: 500) { totalCount edges { node {
  record event type capacity person path target reason by { ref } enteredBy { ref } effectiveOn recordedAt } } } } }`;
const AS_MONITORING = { by: 'monitoring-officer', authority: { decision: 'D-1' } };
const reason = 'As the scheme of delegation says.';

describe('what grants authority', () => {
  let office: Office;
  let officer: Client;
  let monitoring: Client;
  let leading: string;
  /** A person whom the identity provider knows, and one of whom it was not told. */
  let signing: string;
  let unsigned: string;

  beforeAll(async () => {
    office = await openOffice();
    ({ officer, monitoring } = office);
    leading = (await officer.does('addPerson', { name: 'Leads' })).person.ref;
    await officer.does('addPost', { ref: 'chief-constable', name: 'Chief Constable', capacity: 'force-lead' });
    await officer.does('appointHolder', { post: 'chief-constable', person: leading });
    await monitoring.does('addPost', { ref: 'chief-finance-officer', name: 'CFO', capacity: 'opcc-officer' });
    await monitoring.does('appointHolder', { post: 'chief-finance-officer', person: leading });
    signing = (await officer.does('addPerson', { name: 'Signs' })).person.ref;
    await monitoring.does('setPersonSubject', { person: signing, subject: 'signs@opcc' });
    unsigned = (await officer.does('addPerson', { name: 'Entered twice' })).person.ref;
    await office.served.ready();
  }, 60_000);
  afterAll(() => office?.served.remove());

  async function grants(reader = officer): Promise<readonly Json[]> {
    await office.served.ready();
    return (await reader.runs(GRANTS)).ledger.grants.edges.map(({ node }: Json) => node);
  }
  async function eventOf(record: string, type: string): Promise<string> {
    await office.served.ready();
    const { ledger } = await officer.runs(
      'query ($ref: ID!) { ledger { record(ref: $ref) { history(first: 500) { edges { node { id type } } } } } }',
      { ref: record },
    );
    return ledger.record.history.edges.map(({ node }: Json) => node).find((one: Json) => one.type === type).id;
  }

  /** Every way to authority, from nothing and by changing what is there. */
  async function ways(): Promise<readonly (readonly [mutation: string, input: Variables])[]> {
    const added = await eventOf('chief-constable', 'PostAdded');
    const appointed = await eventOf('chief-constable', 'HolderAppointed');
    const ofOffice = {
      ref: 'chief-finance-officer',
      event: await eventOf('chief-finance-officer', 'PostAdded'),
      reason,
    };
    const lead = { ref: 'chief-constable', reason };
    return [
      ...['commissioner', 'opcc-officer', 'monitoring-officer'].map(
        (capacity) => ['addPost', { ref: `second-${capacity}`, name: 'n', capacity }] as const,
      ),
      ['addPost', { ref: 'commissioner', name: 'n' }],
      ['appointHolder', { post: 'chief-finance-officer', person: leading, shared: true }],
      ['correctPost', { ...ofOffice, path: 'capacity', is: 'commissioner' }],
      ['correctPost', { ...lead, event: added, path: 'capacity', is: 'commissioner' }],
      ['correctPost', { ...lead, event: appointed, path: 'until', is: dayFromToday(0) }],
      ['correctPost', { ...lead, event: appointed, path: 'effectiveOn', is: dayFromToday(-3) }],
      ['voidPostEvent', { ...lead, event: appointed }],
      ['setPersonSubject', { person: leading, subject: 'somebody' }],
      ...(await Promise.all(
        (['SubjectSet', 'PersonAdded'] as const).map(
          async (type) => ['voidPersonEvent', { ref: signing, event: await eventOf(signing, type), reason }] as const,
        ),
      )),
    ];
  }

  async function letIn(client: Client, more: Variables = {}): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const [mutation, input] of await ways()) {
      const { text } = await client.post(...documentOf(mutation, { ...input, ...more }));
      const code = JSON.parse(text).errors?.[0]?.extensions.code ?? 'accepted';
      if (code !== 'FORBIDDEN') wrong.push(`${mutation} ${JSON.stringify(input)}: ${code}`);
    }
    return wrong;
  }

  it('is not an officer’s: not by any way, and not the capacity of a post of their own', async () => {
    expect(await letIn(officer)).toEqual([]);
    expect(await letIn(await office.served.as('chief-finance-officer'))).toEqual([]);
  });

  it('is not a commissioner’s or a lead’s either', async () => {
    expect(await letIn(office.commissioner)).toEqual([]);
    expect(await letIn(office.lead)).toEqual([]);
  });

  it('is typed by nobody for the monitoring officer', async () => {
    expect(await letIn(officer, AS_MONITORING)).toEqual([]);
    expect(await letIn(office.commissioner, AS_MONITORING)).toEqual([]);
  });

  it('would be seen to be let in (control): to the monitoring officer it is', async () => {
    expect(await letIn(monitoring)).toHaveLength((await ways()).length);
  });

  it('is not in a person of whom the identity provider was not told: an officer has them voided as any record', async () => {
    const voiding = { ref: unsigned, event: await eventOf(unsigned, 'PersonAdded'), reason };
    expect((await officer.fails('voidPersonEvent', voiding)).extensions.code).toBe('FORBIDDEN');
    expect((await officer.does('voidPersonEvent', { ...voiding, ...AS_MONITORING })).person).toBeNull();
    const voids = (await grants()).filter(({ type }) => type === 'Voided');
    expect(voids.map(({ record }) => record)).toEqual(expect.arrayContaining([signing, 'chief-constable']));
    expect(voids.map(({ record }) => record)).not.toContain(unsigned);
  });

  it('is the monitoring officer’s only for others, and for posts that are not their own', async () => {
    const own = (await officer.does('addPerson', { name: 'Monitors' })).person.ref;
    const me = await office.served.as('monitoring-officer', own);
    const cases: readonly (readonly [string, Variables, string])[] = [
      ['appointHolder', { post: 'chief-finance-officer', person: own }, 'OWN_APPOINTMENT'],
      ['addPost', { ref: 'monitoring-officer', name: 'n' }, 'OWN_POST'],
      ['setPersonSubject', { person: own, subject: 'me' }, 'OWN_SUBJECT'],
    ];
    for (const [mutation, input, refusal] of cases)
      expect((await me.fails(mutation, input)).extensions.refusal).toBe(refusal);
    await monitoring.does('addPost', { ref: 'deputy-monitoring-officer', name: 'n', capacity: 'monitoring-officer' });
    await monitoring.does('appointHolder', { post: 'deputy-monitoring-officer', person: own });
    await office.served.ready();
    const event = await eventOf('deputy-monitoring-officer', 'HolderAppointed');
    const longer = { ref: 'deputy-monitoring-officer', event, path: 'until', is: dayFromToday(99), reason };
    expect((await me.fails('correctPost', longer)).extensions.refusal).toBe('OWN_POST');
    const voiding = { ref: 'deputy-monitoring-officer', event, reason };
    expect((await me.fails('voidPostEvent', voiding)).extensions.refusal).toBe('OWN_POST');
  });

  it('leaves to officers the rest of the directory', async () => {
    const added = await eventOf('chief-finance-officer', 'PostAdded');
    await officer.does('addPost', { ref: 'estates-lead', name: 'Estates', capacity: 'force-lead' });
    await officer.does('appointHolder', { post: 'estates-lead', person: leading, ...TYPED_LATE });
    await officer.does('correctPost', {
      ref: 'chief-finance-officer',
      event: added,
      path: 'name',
      is: 'Finance',
      reason,
    });
  });

  it('is in one list, with every later change, for those who may see everything and for nobody else', async () => {
    const listed = await grants(await office.served.as('internal-auditor'));
    const told = listed.map(({ record, type }: Json) => `${record} ${type}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'chief-finance-officer PostAdded',
        'chief-finance-officer HolderAppointed',
        'chief-finance-officer Corrected',
        'chief-constable Corrected',
        'chief-constable Voided',
        'deputy-monitoring-officer PostAdded',
      ]),
    );
    expect(told.filter((one) => one.startsWith('estates-lead'))).toEqual([]);
    const correction = listed.find(
      ({ record, path }: Json) => record === 'chief-finance-officer' && path === 'capacity',
    );
    expect(correction).toMatchObject({ capacity: 'commissioner', reason, by: { ref: 'monitoring-officer' } });
    expect(listed.some(({ path }: Json) => path === 'name')).toBe(false);
    for (const post of ['jarap-member', 'panel-member', 'force-lead'])
      expect(await grants(await office.served.as(post))).toEqual([]);
    expect(await grants(office.served.public)).toEqual([]);
  });

  function documentOf(mutation: string, input: Variables): readonly [string, Variables] {
    const name = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    return [
      `mutation ($input: ${name}!) { ${mutation}(input: $input) { position } }`,
      { input: { commandId: crypto.randomUUID(), ...input } },
    ];
  }
});
