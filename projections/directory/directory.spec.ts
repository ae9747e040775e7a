import { PUBLIC } from '../../libs/access/index.ts';
import { ledgerBeingRead, OFFICIAL, type LedgerBeingRead } from '../../test/ledger-being-read.ts';
import {
  bodiesOfPosts,
  capacityOfPost,
  findBody,
  findPerson,
  findPost,
  listBodies,
  listPosts,
  pageOfBodies,
  pageOfPeople,
  pageOfPosts,
} from './queries.ts';

describe('the directory', () => {
  let ledger: LedgerBeingRead;
  let first: string;
  let second: string;

  beforeAll(async () => {
    ledger = await ledgerBeingRead({ at: '2021-06-08T12:00:00.000Z' });
    const officer = ledger.as('opcc-officer');
    await officer.does({
      type: 'AddBody',
      as: 'OPCC',
      name: 'Office of the Police and Crime Commissioner',
      organisation: 'OPCC',
    });
    await officer.does({ type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board' });
    await officer.does({ type: 'AddPost', as: 'chief-executive', name: 'Chief Executive', body: 'OPCC' });
    await officer.does({ type: 'AddPost', as: 'adviser', name: 'Adviser' });
    await officer.does({ type: 'AddPost', as: 'panel-clerk', name: 'Clerk', capacity: 'panel-member' });
    first = await officer.does({ type: 'AddPerson', name: 'First Holder' });
    second = await officer.does({ type: 'AddPerson', name: 'Second Holder' });
    await officer.does({ type: 'AppointHolder', ref: 'chief-executive', person: first });
    ledger.clock.set('2021-12-02T12:00:00.000Z');
    // Known ahead of the day on which it takes effect.
    await officer.does({
      type: 'AppointHolder',
      ref: 'chief-executive',
      person: second,
      interim: true,
      effectiveOn: '2022-01-01',
    });
    ledger.clock.set('2022-03-01T12:00:00.000Z');
  });
  afterAll(() => ledger.remove());

  it('says who held a post on a day', async () => {
    const holders = async (effective: string) =>
      (await findPost(await ledger.view({ effective }), 'chief-executive'))?.holders;
    expect(await holders('2021-12-31')).toEqual([first]);
    expect(await holders('2022-01-01')).toEqual([second]);
    expect(await holders('2021-06-07')).toBeUndefined();
    const before = await ledger.view({ effective: '2022-02-01', recorded: '2021-12-01T00:00:00Z' });
    expect((await findPost(before, 'chief-executive'))?.holders).toEqual([first]);
  });

  it('finds bodies, posts and persons by reference, each only as what it is', async () => {
    const view = await ledger.view();
    expect(await view.text((await findBody(view, 'OPCC'))?.state.name)).toBe(
      'Office of the Police and Crime Commissioner',
    );
    expect(await view.text((await findPerson(view, first))?.state.name)).toBe('First Holder');
    expect((await findPost(view, 'chief-executive'))?.state.body).toBe('OPCC');
    expect(await findPost(view, 'OPCC')).toBeNull();
    expect(await findBody(view, 'chief-executive')).toBeNull();
    expect(await findPerson(view, 'nobody')).toBeNull();
  });

  it('says in which capacity a post acts, and nothing of one that acts in none or is not there', async () => {
    const view = await ledger.view();
    const capacities = ['panel-clerk', 'adviser', 'nobody', 'OPCC'].map((ref) => capacityOfPost(view, ref));
    expect(await Promise.all(capacities)).toEqual(['panel-member', null, null, null]);
    expect(await capacityOfPost(await ledger.view({ effective: '2021-06-07' }), 'panel-clerk')).toBeNull();
  });

  it('lists posts and bodies by reference', async () => {
    const view = await ledger.view();
    expect((await listPosts(view)).map(({ ref, holders }) => [ref, holders])).toEqual([
      ['adviser', []],
      ['chief-executive', [second]],
      ['panel-clerk', []],
    ]);
    expect((await listBodies(view)).map(({ ref }) => ref)).toEqual(['CGB', 'OPCC']);
    expect(await listPosts(await ledger.view({ effective: '2021-06-07' }))).toEqual([]);
  });

  it('asks once for all who are looked up together', async () => {
    const view = await ledger.view();
    const before = ledger.models.questions;
    await Promise.all([
      findPost(view, 'adviser'),
      findPost(view, 'chief-executive'),
      findBody(view, 'CGB'),
      findPerson(view, second),
    ]);
    expect(ledger.models.questions - before).toBe(1);
    await findPost(view, 'adviser');
    expect(ledger.models.questions - before).toBe(1);
  });

  const hide = (ref: string) =>
    ledger
      .as('monitoring-officer')
      .does(
        { type: 'Mark', ref, to: { classification: 'OFFICIAL', sensitive: true }, reason: 'Names a witness.' },
        'directory',
      );

  it('lists people by name, those whose name may not be read last, and to each reader only those whom they may know of', async () => {
    const officer = ledger.as('opcc-officer');
    const angela = await officer.does({ type: 'AddPerson', name: 'Ångela Adams' });
    const hidden = await officer.does({ type: 'AddPerson', name: 'Aaron Hidden' });
    await hide(hidden);
    const refs = async (reader?: typeof OFFICIAL, wanted = {}) =>
      (await pageOfPeople(await ledger.view({}, reader), wanted)).edges.map(({ node }) => node.ref);
    expect(await refs()).toEqual([hidden, angela, first, second]);
    expect(await refs(OFFICIAL)).toEqual([angela, first, second]);
    expect(await refs(PUBLIC)).toEqual([]);
    const page = await pageOfPeople(await ledger.view(), { first: 1 });
    expect([page.totalCount, page.hasNextPage]).toEqual([4, true]);
    expect(await refs(undefined, { first: 2, after: page.endCursor! })).toEqual([angela, first]);
  });

  it('lists the posts of one body, and none of a body that is not for the reader', async () => {
    const officer = ledger.as('opcc-officer');
    const secret = await officer.does({ type: 'AddBody', as: 'SECRET', name: 'Secret board' });
    await hide(secret);
    await officer.does({ type: 'AddPost', as: 'secretary', name: 'Secretary', body: secret });
    const refs = async (body?: string, reader?: typeof OFFICIAL) => {
      const page = await pageOfPosts(await ledger.view({}, reader), body === undefined ? {} : { body }, {});
      expect(page.totalCount).toBe(page.edges.length);
      return page.edges.map(({ node }) => node.ref);
    };
    expect(await refs()).toEqual(['adviser', 'chief-executive', 'panel-clerk', 'secretary']);
    expect(await refs('OPCC')).toEqual(['chief-executive']);
    expect([await refs(secret), await refs(secret, OFFICIAL)]).toEqual([['secretary'], []]);
    expect(await bodiesOfPosts(await ledger.view())).toEqual(['OPCC', 'SECRET']);
    expect(await bodiesOfPosts(await ledger.view({}, OFFICIAL))).toEqual(['OPCC']);
    const bodies = await pageOfBodies(await ledger.view({}, OFFICIAL), {});
    expect(bodies.edges.map(({ node }) => node.ref)).toEqual(['CGB', 'OPCC']);
  });
});
