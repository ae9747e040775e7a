import type { Client, Json } from './client.ts';
import { openOffice, type Office } from './office.ts';

const HISTORY = `history(first: 500) { totalCount edges { node {
  id type effectiveOn voided reason text amended { path was is } by { ref } } } }`;
const ENTRY = `ref name disputed { path says } ${HISTORY}`;
const reason = 'The letter of appointment says so.';

describe('bodies, posts and persons', () => {
  let office: Office;
  let officer: Client;
  let monitoring: Client;
  let person: string;
  const made = { body: 'FORCE', post: 'chief-constable', person: '' };

  beforeAll(async () => {
    office = await openOffice();
    ({ officer, monitoring } = office);
    await officer.does('addBody', { ref: made.body, name: 'The police', organisation: 'FORCE' });
    await officer.does('addPost', { ref: made.post, name: 'Chief', body: made.body, capacity: 'force-lead' });
    person = (await officer.does('addPerson', { name: 'Robin Example', contact: 'robin@example.org' })).person.ref;
    made.person = person;
    await officer.does('appointHolder', { post: made.post, person });
  }, 60_000);
  afterAll(() => office?.served.remove());

  type Kind = keyof typeof made;
  const KINDS: readonly Kind[] = ['body', 'post', 'person'];

  async function entry(kind: Kind, reader: Client = officer): Promise<Json> {
    await office.served.ready();
    const { ledger } = await reader.runs(`query ($ref: ID!) { ledger { ${kind}(ref: $ref) { ${ENTRY} } } }`, {
      ref: made[kind],
    });
    return ledger[kind];
  }
  const events = (found: Json) => found.history.edges.map(({ node }: Json) => node);
  const eventOf = async (kind: Kind, type: string) =>
    events(await entry(kind)).find((one: Json) => one.type === type)!.id;
  const word = (kind: Kind) => `${kind[0]!.toUpperCase()}${kind.slice(1)}`;

  it('tell their history to whoever may see them, and by it what a correction has to name', async () => {
    const types = await Promise.all(KINDS.map(async (kind) => events(await entry(kind)).map((one: Json) => one.type)));
    expect(types).toEqual([['BodyAdded'], ['PostAdded', 'HolderAppointed'], ['PersonAdded']]);
    await officer.does('correctBody', {
      ...(await about('body', 'BodyAdded')),
      path: 'name',
      is: 'Leicestershire Police',
    });
    await officer.does('correctPost', { ...(await about('post', 'PostAdded')), path: 'name', is: 'Chief Constable' });
    await officer.does('correctPerson', {
      ...(await about('person', 'PersonAdded')),
      path: 'effectiveOn',
      is: '2023-01-02',
    });
    const corrected = await Promise.all(KINDS.map((kind) => entry(kind)));
    expect(corrected.map(({ name }) => name)).toEqual(['Leicestershire Police', 'Chief Constable', 'Robin Example']);
    expect(corrected.map((one) => events(one)[0].amended)).toEqual([
      [{ path: 'name', was: 'The police', is: 'Leicestershire Police' }],
      [{ path: 'name', was: 'Chief', is: 'Chief Constable' }],
      [{ path: 'effectiveOn', was: expect.any(String), is: '2023-01-02' }],
    ]);
    expect(corrected.map((one) => events(one).at(-1))).toEqual(
      KINDS.map(() => expect.objectContaining({ type: 'Corrected', reason, by: { ref: 'opcc-officer' } })),
    );
  });

  const about = async (kind: Kind, type: string) => ({ ref: made[kind], event: await eventOf(kind, type), reason });

  it('say what other sources say of them, beside what they hold', async () => {
    const source = { document: 'Annual report' };
    await officer.does('recordOtherwiseStated', { record: made.body, path: 'organisation', says: 'JOINT', source });
    await officer.does('recordOtherwiseStated', { record: made.post, path: 'body', says: 'CGB', source });
    const event = await eventOf('person', 'PersonAdded');
    await officer.does('recordOtherwiseStated', {
      record: person,
      event,
      path: 'effectiveOn',
      says: '2023-02-01',
      source,
    });
    expect((await Promise.all(KINDS.map((kind) => entry(kind)))).map(({ disputed }) => disputed)).toEqual([
      [{ path: 'organisation', says: 'JOINT' }],
      [{ path: 'body', says: 'CGB' }],
      [{ path: 'effectiveOn', says: '2023-02-01' }],
    ]);
    const { ledger } = await officer.runs('{ ledger { contradictions { edges { node { record path } } } } }');
    expect(ledger.contradictions.edges.map(({ node }: Json) => [node.record, node.path]).sort()).toEqual(
      [
        [made.body, 'organisation'],
        [made.post, 'body'],
        [person, 'effectiveOn'],
      ].sort(),
    );
  });

  it('are taken back and restored by the monitoring officer, each in the history, and a person like any other', async () => {
    const appointed = await about('post', 'HolderAppointed');
    await monitoring.does('voidPostEvent', appointed);
    expect(events(await entry('post')).find(({ id }: Json) => id === appointed.event).voided).toBe(true);
    await monitoring.does('restorePostEvent', appointed);
    for (const kind of KINDS) {
      const opening = await about(kind, `${word(kind)}Added`);
      await monitoring.does(`void${word(kind)}Event`, opening);
      await office.served.ready();
      const { ledger } = await officer.runs(
        `query ($ref: ID!) { ledger { ${kind}(ref: $ref) { ref } record(ref: $ref) { standing mistake { reason } } } }`,
        { ref: made[kind] },
      );
      expect(ledger).toEqual({ [kind]: null, record: { standing: 'RECORDED_BY_MISTAKE', mistake: { reason } } });
      await monitoring.does(`restore${word(kind)}Event`, opening);
      expect(events(await entry(kind)).map((one: Json) => one.type)).toEqual(
        expect.arrayContaining(['Voided', 'Restored']),
      );
    }
  });

  it('tell nobody more than they may see: nothing before they are published, and no event that is marked by itself', async () => {
    const member = await office.served.as('jarap-member');
    for (const kind of KINDS) {
      expect([kind, await entry(kind, office.served.public)]).toEqual([kind, null]);
      const open = events(await entry(kind, member)).length;
      const marked = await eventOf(kind, 'Corrected');
      await monitoring.does(`mark${word(kind)}`, {
        ref: made[kind],
        event: marked,
        marking: 'OFFICIAL_SENSITIVE',
        reason,
      });
      const ids = events(await entry(kind, member)).map(({ id }: Json) => id);
      expect([kind, ids.includes(marked), ids.length < open + 1]).toEqual([kind, false, true]);
      expect((await entry(kind, member)).history.totalCount).toBe(ids.length);
      await monitoring.does(`publish${word(kind)}`, { ref: made[kind] });
      expect((await entry(kind, office.served.public)).ref).toBe(made[kind]);
      await monitoring.does(`mark${word(kind)}`, { ref: made[kind], marking: 'OFFICIAL_SENSITIVE', reason });
      expect([kind, await entry(kind, member), await entry(kind, office.served.public)]).toEqual([kind, null, null]);
    }
  });

  it('write no name, contact or subject into a history', async () => {
    await monitoring.does('setPersonSubject', { person, subject: 'robin@opcc' });
    const told = JSON.stringify((await entry('person')).history);
    expect(told).toContain('SubjectSet');
    expect(told).not.toMatch(/robin/i);
    const naming = { ...(await about('person', 'PersonAdded')), path: 'name', is: 'Robyn Example' };
    expect((await officer.fails('correctPerson', naming)).extensions.refusal).toBe('NOT_CORRECTABLE');
  });
});
