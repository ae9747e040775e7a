import fc from 'fast-check';
import { decideCommand, kindSpelt, PAGES_OF_LISTS } from '../../declarations/index.ts';
import { CAPACITIES } from '../../access/index.ts';
import { addDays, type CivilDate, type RecordEvent } from '../../ledger/index.ts';
import { contextOf, given, pastEvent, type Circumstances, type Past } from '../../spec-kit/index.ts';
import type { DirectoryCommand } from './commands.ts';
import {
  DIRECTORY_REFUSALS,
  directory,
  grantsAmong,
  holdersOn,
  type DirectoryEvent,
  type PostState,
  type Tenure,
} from './index.ts';

type Told = Past<DirectoryEvent>;

const BODY: Told = {
  type: 'BodyAdded',
  effectiveOn: '2021-05-13',
  facts: { ref: 'CGB', organisation: 'OPCC' },
  texts: ['name'],
};
const POST: Told = {
  type: 'PostAdded',
  effectiveOn: '2021-05-13',
  facts: { ref: 'chief-constable', body: 'FORCE' },
  texts: ['name'],
};
const PERSON: Told = { type: 'PersonAdded', facts: { ref: 'person-ab3k9' }, texts: ['name'] };
const known: Circumstances = {
  links: {
    'directory/FORCE': { record: 'BODY' },
    'directory/person-ab3k9': { record: 'PERSON' },
    'directory/force-lead': { record: 'POST' },
  },
};

function appointed(person: string, effectiveOn: CivilDate, facts: { until?: CivilDate; shared?: boolean } = {}): Told {
  return { type: 'HolderAppointed', effectiveOn, facts: { person, interim: false, shared: false, ...facts } };
}

function post(past: readonly Told[]): PostState {
  const { state } = given(directory, past);
  if (state.record !== 'POST') throw new Error('there is no such post');
  return state;
}

/** Refused with each code in turn, as one fault after another is put right; then accepted. */
function putRightOneByOne(
  past: readonly Told[],
  steps: readonly (readonly [code: string, command: DirectoryCommand])[],
  atLast: DirectoryCommand,
): void {
  for (const [code, command] of steps) given(directory, past).when(command, known).thenRefused(code);
  expect(given(directory, past).when(atLast, known).decision).toHaveProperty('events');
  const listed = Object.keys(DIRECTORY_REFUSALS);
  const places = steps.map(([code]) => listed.indexOf(code)).filter((place) => place !== -1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

describe('adding a body', () => {
  const add: DirectoryCommand = {
    type: 'AddBody',
    as: 'CGB',
    name: 'Corporate Governance Board',
    organisation: 'OPCC',
  };

  it('gives the body exactly the reference that was asked for, and holds its name as words', () => {
    expect(given(directory, []).when(add).decision).toEqual({
      events: [{ type: 'BodyAdded', facts: { organisation: 'OPCC' }, texts: { name: 'Corporate Governance Board' } }],
      reference: { series: 'directory', stem: 'CGB', style: 'EXACT' },
    });
  });

  it('refuses in the stated order', () => {
    const organisation = 'HOME_OFFICE' as 'OPCC';
    putRightOneByOne(
      [],
      [
        ['MALFORMED', { type: 'AddBody', as: 'the board', name: ' ', organisation }],
        ['BLANK', { type: 'AddBody', as: 'CGB', name: ' ', organisation }],
        ['MALFORMED', { type: 'AddBody', as: 'CGB', name: 'Corporate Governance Board', organisation }],
      ],
      add,
    );
  });

  it('refuses to add what the directory holds already', () => {
    for (const past of [BODY, POST, PERSON]) given(directory, [past]).when(add).thenRefused('ALREADY_ADDED');
  });

  it.each(['cgb', '1CGB', 'C-GB', 'C'.repeat(17), ''])('refuses the reference "%s"', (as) => {
    given(directory, [])
      .when({ ...add, as })
      .thenRefused('MALFORMED', 'as');
  });
});

describe('an illustrative body', () => {
  const add: DirectoryCommand = { type: 'AddBody', as: 'DEMO', name: 'A force that there is not' };

  it('is called so when it is added, and says nothing of it where it is not', () => {
    const facts = (illustrative: boolean) => given(directory, []).when({ ...add, illustrative }).decision;
    expect(facts(true)).toMatchObject({ events: [{ facts: { illustrative: true } }] });
    expect(facts(false)).toMatchObject({ events: [{ facts: {} }] });
    expect(given(directory, []).when(add).decision).toEqual(facts(false));
    const added: Told = { type: 'BodyAdded', facts: { ref: 'DEMO', illustrative: true }, texts: ['name'] };
    expect(given(directory, [added]).state).toMatchObject({ illustrative: true });
    expect(given(directory, [BODY]).state).not.toHaveProperty('illustrative');
  });

  it('stays so, and no real body becomes one: no correction changes it', () => {
    expect(directory.correctable['BodyAdded']?.map(({ path }) => path)).not.toContain('illustrative');
  });
});

describe('reading other bodies', () => {
  const PANEL: Told = { type: 'BodyAdded', effectiveOn: '2021-05-13', facts: { ref: 'JARAP' }, texts: ['name'] };
  const begin = { type: 'BeginReading', ref: 'JARAP', reads: 'FORCE' } as const;
  const end = { ...begin, type: 'EndReading' } as const;
  const begun = (reads: string, effectiveOn: CivilDate = '2022-04-01'): Told => ({
    type: 'ReadingBegun',
    effectiveOn,
    facts: { reads },
  });
  const ended = (reads: string): Told => ({ type: 'ReadingEnded', effectiveOn: '2023-04-01', facts: { reads } });
  const readsAfter = (...past: readonly Told[]) =>
    (given(directory, [PANEL, ...past]).state as { reads?: string[] }).reads;

  it('begins and ends on a day, body by body, in the order in which it began', () => {
    given(directory, [PANEL]).when(begin, known).thenEvents(['ReadingBegun']);
    given(directory, [PANEL, begun('FORCE')])
      .when(end, known)
      .thenEvents(['ReadingEnded']);
    expect(readsAfter(begun('OPCC'), begun('FORCE'))).toEqual(['OPCC', 'FORCE']);
    expect(readsAfter(begun('OPCC'), begun('FORCE'), ended('OPCC'))).toEqual(['FORCE']);
  });

  it('is no member of the state of a body that reads none, as it is none of one that reads what nobody may see', () => {
    expect(readsAfter()).toBeUndefined();
    expect(given(directory, [PANEL, begun('FORCE'), ended('FORCE')]).state).not.toHaveProperty('reads');
  });

  it('refuses what is no body, itself, one that it reads already, and the end of what it does not read', () => {
    const twice = given(directory, [PANEL, begun('FORCE')]);
    given(directory, [POST])
      .when({ ...begin, ref: 'chief-constable' }, known)
      .thenRefused('NOT_A_BODY', 'ref');
    given(directory, []).when(begin, known).thenRefused('NOT_A_BODY', 'ref');
    given(directory, [PANEL])
      .when({ ...begin, reads: 'JARAP' }, { links: { ...known.links, 'directory/JARAP': { record: 'BODY' } } })
      .thenRefused('READS_ITSELF', 'reads');
    given(directory, [PANEL])
      .when({ ...begin, reads: 'NONE' }, known)
      .thenRefused('UNKNOWN_BODY', 'reads');
    twice.when(begin, known).thenRefused('READS_ALREADY', 'reads');
    given(directory, [PANEL]).when(end, known).thenRefused('NOT_READ', 'reads');
    given(directory, [PANEL, begun('OPCC')])
      .when(end, known)
      .thenRefused('NOT_READ', 'reads');
  });
});

describe('adding a post', () => {
  const add: DirectoryCommand = {
    type: 'AddPost',
    as: 'finance-lead',
    name: 'Chief Finance Officer',
    body: 'FORCE',
    capacity: 'force-lead',
  };

  it('records the body and the capacity of the post, and holds its name as words', () => {
    expect(given(directory, []).when(add, known).decision).toEqual({
      events: [
        {
          type: 'PostAdded',
          facts: { body: 'FORCE', capacity: 'force-lead' },
          texts: { name: 'Chief Finance Officer' },
        },
      ],
      reference: { series: 'directory', stem: 'finance-lead', style: 'EXACT' },
    });
  });

  it('adds a post that acts in no capacity and so cannot sign in', () => {
    const [draft] = given(directory, [])
      .when({ type: 'AddPost', as: 'analyst', name: 'Analyst' })
      .thenEvents(['PostAdded']);
    expect(draft?.facts).toEqual({});
  });

  it.each(CAPACITIES)('gives the standard post %s a name, and the capacity of its name', (as) => {
    given(directory, [])
      .when({ type: 'AddPost', as, name: 'A post' })
      .thenEvents([{ type: 'PostAdded', facts: { capacity: as } }]);
  });

  it('lets no entry and no correction make a standard post another', () => {
    given(directory, [])
      .when({ type: 'AddPost', as: 'jarap-member', name: 'Member', capacity: 'commissioner' })
      .thenRefused('STANDARD_POST', 'capacity');
    expect(post([{ type: 'PostAdded', facts: { ref: 'jarap-member', capacity: 'commissioner' } }]).capacity).toBe(
      'jarap-member',
    );
  });

  it('refuses in the stated order', () => {
    const wrong = {
      type: 'AddPost',
      as: 'Jarap Member',
      name: '',
      body: 'NOWHERE',
      capacity: 'chair' as 'jarap-member',
    } as const;
    putRightOneByOne(
      [],
      [
        ['MALFORMED', wrong],
        ['BLANK', { ...wrong, as: 'jarap-member' }],
        ['MALFORMED', { ...wrong, as: 'jarap-member', name: 'Member' }],
        ['UNKNOWN_BODY', { ...wrong, as: 'jarap-member', name: 'Member', capacity: 'commissioner' }],
        ['RESERVED_REFERENCE', { ...wrong, as: 'operator', name: 'Member', body: 'FORCE', capacity: 'commissioner' }],
        ['STANDARD_POST', { ...wrong, as: 'jarap-member', name: 'Member', body: 'FORCE', capacity: 'commissioner' }],
      ],
      { type: 'AddPost', as: 'jarap-member', name: 'Member', body: 'FORCE', capacity: 'jarap-member' },
    );
  });

  it('refuses to add what the directory holds already', () => {
    given(directory, [POST]).when(add, known).thenRefused('ALREADY_ADDED');
  });

  it('refuses a post in the place of a body', () => {
    given(directory, [])
      .when({ ...add, body: 'force-lead' }, known)
      .thenRefused('MALFORMED', 'body');
  });

  it.each([
    'Chief-Constable',
    'chief--constable',
    '-chief',
    'chief-',
    '2nd-chief',
    'person-ab3k9',
    'person-in-charge',
    'a'.repeat(65),
  ])('refuses the reference "%s"', (as) => {
    given(directory, []).when({ type: 'AddPost', as, name: 'A post' }).thenRefused('MALFORMED', 'as');
  });

  it.each(['operator', 'ledger'])('refuses the reference "%s", which stands where no post did something', (as) => {
    given(directory, []).when({ type: 'AddPost', as, name: 'A post' }).thenRefused('RESERVED_REFERENCE', 'as');
    given(directory, [])
      .when({ type: 'AddPost', as: `${as}-room`, name: 'A post' })
      .thenEvents(['PostAdded']);
  });

  it.each(Object.values(PAGES_OF_LISTS))('refuses the reference "%s", as a page of the list of posts is', (as) => {
    given(directory, []).when({ type: 'AddPost', as, name: 'A post' }).thenRefused('CALLED_AS_A_PAGE', 'as');
    given(directory, [])
      .when({ type: 'AddPost', as: `${as}-lead`, name: 'A post' })
      .thenEvents(['PostAdded']);
    // Of other records no reference is spelt so.
    expect(kindSpelt(as)).toBe('post');
  });
});

describe('adding a person', () => {
  const add: DirectoryCommand = { type: 'AddPerson', name: 'Robin Example', contact: 'robin@example.org' };

  it('holds name and contact under the key of the person, and neither as a fact, a text or a part of the reference', () => {
    const { decision } = given(directory, []).when(add);
    expect(decision).toEqual({
      events: [{ type: 'PersonAdded', facts: {}, persons: { name: 'Robin Example', contact: 'robin@example.org' } }],
      reference: { series: 'directory', stem: 'person-', style: 'RANDOM' },
    });
  });

  it('needs no contact', () => {
    const [draft] = given(directory, []).when({ type: 'AddPerson', name: 'Robin Example' }).thenEvents(['PersonAdded']);
    expect(draft?.persons).toEqual({ name: 'Robin Example' });
  });

  it('refuses a person without a name, and one that is there already', () => {
    given(directory, [])
      .when({ ...add, name: ' ' })
      .thenRefused('BLANK', 'name');
    given(directory, [PERSON]).when(add).thenRefused('ALREADY_ADDED');
  });

  it('lets no correction and no other source put the name of a person into words under another key', () => {
    expect(directory.correctable.PersonAdded).toBeUndefined();
    expect(directory.disputable).not.toContain('name');
    expect(directory.kinds.find(({ type }) => type === 'PersonAdded')?.parts).not.toContain('text/name');
  });
});

describe('appointing a holder', () => {
  const appoint: DirectoryCommand = { type: 'AppointHolder', ref: 'chief-constable', person: 'person-ab3k9' };

  it('appoints the person from the effective day on', () => {
    given(directory, [POST])
      .when({ ...appoint, until: '2024-03-31', interim: true }, known)
      .thenEvents([
        {
          type: 'HolderAppointed',
          facts: { person: 'person-ab3k9', until: '2024-03-31', interim: true, shared: false },
        },
      ]);
  });

  it('may take effect on a day that lies ahead', () => {
    expect(directory.kinds.find(({ type }) => type === 'HolderAppointed')?.forwardDated).toBe(true);
    given(directory, [POST])
      .when(appoint, { ...known, effectiveOn: '2024-05-09' })
      .thenEvents(['HolderAppointed']);
  });

  it('allows a tenure of one day', () => {
    given(directory, [POST])
      .when({ ...appoint, until: '2023-10-09' }, known)
      .thenEvents(['HolderAppointed']);
  });

  it('refuses in the stated order', () => {
    putRightOneByOne(
      [POST, appointed('person-ab3k9', '2023-10-09')],
      [
        ['MALFORMED', { ...appoint, person: 'force-lead', until: 'soon' }],
        ['MALFORMED', { ...appoint, person: 'person-bbbbb', until: 'soon' }],
        ['UNKNOWN_PERSON', { ...appoint, person: 'person-bbbbb', until: '2023-10-08' }],
        ['ENDS_BEFORE_IT_BEGINS', { ...appoint, until: '2023-10-08' }],
        ['NOTHING_CHANGES', appoint],
      ],
      { ...appoint, until: '2024-03-31' },
    );
  });

  it('refuses to appoint to a body, to a person, or to a post that the directory does not hold', () => {
    given(directory, []).when(appoint, known).thenRefused('NOT_ADDED', 'ref');
    given(directory, [BODY]).when(appoint, known).thenRefused('NOT_A_POST', 'ref');
    given(directory, [PERSON]).when(appoint, known).thenRefused('NOT_A_POST', 'ref');
  });
});

describe('the subject by which the identity provider knows a person', () => {
  const set: DirectoryCommand = { type: 'SetPersonSubject', ref: 'person-ab3k9', subject: ' A.Holder@Example.ORG ' };
  const KNOWN: Told = { type: 'SubjectSet', texts: ['subject'] };

  it('is held under the key of the person, in the one form in which it is compared, and in no fact or text', () => {
    expect(given(directory, [PERSON]).when(set).decision).toEqual({
      events: [{ type: 'SubjectSet', facts: {}, persons: { subject: 'a.holder@example.org' } }],
    });
    const kind = directory.kinds.find(({ type }) => type === 'SubjectSet')!;
    expect(kind.parts.filter((part) => part.includes('subject'))).toEqual(['person/subject']);
    expect(kind.unread).toEqual(['person/subject']);
    expect(directory.correctable.SubjectSet).toBeUndefined();
  });

  it('composes what is written in parts', () => {
    const [draft] = given(directory, [PERSON])
      .when({ ...set, subject: 'ZOE\u0308' })
      .thenEvents(['SubjectSet']);
    expect(draft?.persons).toEqual({ subject: 'zo\u00eb' });
  });

  it('is taken away by leaving it out', () => {
    const gone: DirectoryCommand = { type: 'SetPersonSubject', ref: 'person-ab3k9' };
    given(directory, [PERSON]).when(gone).thenRefused('NOTHING_CHANGES', 'subject');
    given(directory, [PERSON, KNOWN])
      .when(gone)
      .thenEvents([{ type: 'SubjectSet', facts: {} }]);
    expect(given(directory, [PERSON, KNOWN]).state).toHaveProperty('subject');
    expect(given(directory, [PERSON, KNOWN, { type: 'SubjectSet' }]).state).not.toHaveProperty('subject');
  });

  it('is refused in the stated order', () => {
    given(directory, []).when(set).thenRefused('NOT_A_PERSON', 'ref');
    given(directory, [POST]).when(set).thenRefused('NOT_A_PERSON', 'ref');
    for (const [subject, code] of [
      [' ', 'BLANK'],
      ['x'.repeat(257), 'TOO_LONG'],
    ] as const)
      given(directory, [PERSON])
        .when({ ...set, subject })
        .thenRefused(code, 'subject');
    const taken = { subject: { heldBy: 'person-other', isCallers: false } };
    given(directory, [PERSON]).when(set, taken).thenRefused('SUBJECT_TAKEN', 'subject');
    const same = { subject: { heldBy: 'person-ab3k9', isCallers: false } };
    given(directory, [PERSON, KNOWN]).when(set, same).thenRefused('NOTHING_CHANGES', 'subject');
  });
});

describe('an operator who appoints a monitoring officer', () => {
  const MONITORING: Told = {
    type: 'PostAdded',
    effectiveOn: '2021-05-13',
    facts: { ref: 'monitoring-officer', capacity: 'monitoring-officer' },
  };
  const appoint: DirectoryCommand = {
    type: 'AppointMonitoringOfficer',
    ref: 'monitoring-officer',
    person: 'person-ab3k9',
    operator: 'The operator',
  };
  const subject = { event: 'event-9', part: 'person/subject' };
  const signsIn: Circumstances = {
    links: { 'directory/person-ab3k9': { record: 'PERSON', ref: 'person-ab3k9', subject } },
    enteredBy: { post: 'operator', person: 'p-operator' },
  };

  it('appoints from the day on, and is named under a key of their own', () => {
    expect(given(directory, [MONITORING]).when(appoint, signsIn).decision).toEqual({
      events: [
        {
          type: 'MonitoringOfficerAppointed',
          facts: { person: 'person-ab3k9' },
          persons: { operator: 'The operator' },
          person: 'p-operator',
        },
      ],
    });
    const held = post([MONITORING, { type: 'MonitoringOfficerAppointed', facts: { person: 'person-ab3k9' } }]);
    expect(holdersOn(held, '2023-10-09')).toEqual(['person-ab3k9']);
  });

  it('may appoint a successor to whoever holds the post, when nobody else could', () => {
    const past = [MONITORING, appointed('person-leaving', '2022-01-01')];
    const leaving = [{ post: 'monitoring-officer', person: 'person-leaving' }];
    given(directory, past)
      .when(appoint, { ...signsIn, monitoringOfficers: leaving })
      .thenEvents(['MonitoringOfficerAppointed']);
    const deputy = [...leaving, { post: 'deputy-monitoring-officer', person: 'person-deputy' }];
    given(directory, past)
      .when(appoint, { ...signsIn, monitoringOfficers: deputy })
      .thenRefused('SOMEBODY_ELSE_CAN');
    // Whoever holds both posts would appoint to a post of their own.
    const both = [...leaving, { post: 'deputy-monitoring-officer', person: 'person-leaving' }];
    given(directory, past)
      .when(appoint, { ...signsIn, monitoringOfficers: both })
      .thenEvents(['MonitoringOfficerAppointed']);
  });

  it('is refused in the stated order', () => {
    given(directory, []).when(appoint, signsIn).thenRefused('NOT_ADDED', 'ref');
    given(directory, [BODY]).when(appoint, signsIn).thenRefused('NOT_A_POST', 'ref');
    given(directory, [POST])
      .when(appoint, { ...signsIn, links: {} })
      .thenRefused('UNKNOWN_PERSON', 'person');
    given(directory, [POST]).when(appoint, signsIn).thenRefused('NOT_A_MONITORING_OFFICER', 'ref');
    given(directory, [MONITORING])
      .when(appoint, { ...signsIn, links: { 'directory/person-ab3k9': { record: 'PERSON', ref: 'person-ab3k9' } } })
      .thenRefused('SUBJECT_NEEDED', 'subject');
    given(directory, [MONITORING, appointed('person-ab3k9', '2022-01-01')])
      .when(appoint, signsIn)
      .thenRefused('NOTHING_CHANGES', 'person');
  });
});

describe('what grants authority', () => {
  const OFFICER = { capacity: 'opcc-officer', as: 'chief-executive' };
  const events = [
    pastEvent('directory', { ...POST, id: 'added', facts: { ref: 'chief-constable', capacity: 'force-lead' } }, 1),
    pastEvent('directory', { ...appointed('person-ab3k9', '2022-01-01'), id: 'appointed' }, 2),
    pastEvent('directory', { type: 'Corrected', id: 'corrected', facts: { target: 'appointed', path: 'until' } }, 3),
    pastEvent('directory', { type: 'Published', id: 'published' }, 4),
  ];
  const state = events.reduce((before, event) => directory.evolve(before, event as DirectoryEvent), directory.initial);
  const grants = (command: object, of = state) =>
    directory.mayIssueThis?.(command as DirectoryCommand, of, events) !== undefined;
  const officers: PostState = { record: 'POST', ref: 'chief-executive', capacity: 'opcc-officer', holders: [] };

  it.each<[string, Readonly<Record<string, unknown>> & { of?: PostState }]>([
    ['a post that acts in a capacity of authority', { type: 'AddPost', ...OFFICER }],
    ['a standing post of authority, whatever is said of it', { type: 'AddPost', as: 'commissioner' }],
    [
      'a holder of such a post',
      { of: officers, type: 'AppointHolder', ref: 'chief-executive', person: 'person-ab3k9' },
    ],
    ['another capacity of any post', { type: 'Correct', event: 'added', path: 'capacity' }],
    ['the day from which a post stands', { type: 'Correct', event: 'added', path: 'effectiveOn' }],
    ['another last day of a tenure', { type: 'Correct', event: 'appointed', path: 'until' }],
    ['another holder', { type: 'Correct', event: 'appointed', path: 'person' }],
    ['another first day of a tenure', { type: 'Correct', event: 'appointed', path: 'dated' }],
    ['the void of a tenure', { type: 'Void', event: 'appointed' }],
    ['the void of a correction of one', { type: 'Void', event: 'corrected' }],
    ['the restoration of a post', { type: 'Restore', event: 'added' }],
  ])('is %s', (_, { of, ...command }) => {
    expect(grants(command, of)).toBe(true);
  });

  it.each<[string, object]>([
    ['a post that acts in another capacity', { type: 'AddPost', as: 'estates-lead', capacity: 'force-lead' }],
    ['a post that acts in none', { type: 'AddPost', as: 'analyst' }],
    ['a holder of such a post', { type: 'AppointHolder', ref: 'chief-constable', person: 'person-ab3k9' }],
    ['a body or a person', { type: 'AddBody', as: 'CGB', capacity: 'commissioner' }],
    ['a name put right', { type: 'Correct', event: 'added', path: 'name' }],
    ['the body of a post put right', { type: 'Correct', event: 'added', path: 'body' }],
    ['a source put right', { type: 'Correct', event: 'appointed', path: 'source.document' }],
    ['the void of a publication', { type: 'Void', event: 'published' }],
    ['a publication', { type: 'Publish' }],
  ])('is not %s', (_, command) => {
    expect(grants(command)).toBe(false);
  });

  const self = { post: 'monitoring-officer', person: 'person-self0' };
  const own = (
    command: object,
    of: PostState | { record: 'NONE' } | PersonOf = state as PostState,
    by: object = self,
    among: readonly RecordEvent[] = events,
  ) =>
    directory.inOwnCause?.(command as DirectoryCommand, of, among, contextOf({ enteredBy: by as typeof self }))?.code;
  type PersonOf = { readonly record: 'PERSON'; readonly ref: string };
  const selfHolds = {
    ...officers,
    holders: [{ person: self.person, from: '2022-01-01', interim: false, shared: false }],
  };

  it('is not the void of a post that acts in nothing, unless it is given a capacity', () => {
    const added = pastEvent('directory', { ...POST, id: 'added' }, 1);
    const voiding = { type: 'Void', event: 'added' } as unknown as DirectoryCommand;
    const giving = { type: 'Correct', event: 'added', path: 'capacity' } as unknown as DirectoryCommand;
    expect(directory.mayIssueThis?.(voiding, state, [added])).toBeUndefined();
    expect(directory.mayIssueThis?.(giving, state, [added])).toEqual({ alone: ['monitoring-officer'] });
  });

  it('is not the void of a person, unless the identity provider was told of them: then they would be nobody any more', () => {
    const added = pastEvent('directory', { ...PERSON, id: 'added' }, 1);
    const set = pastEvent('directory', { type: 'SubjectSet', id: 'set' }, 2);
    const rule = (command: object, of: readonly RecordEvent[]) =>
      directory.mayIssueThis?.(command as DirectoryCommand, directory.initial, of);
    const alone = { alone: ['monitoring-officer'] };
    for (const command of [
      { type: 'Void', event: 'added' },
      { type: 'Restore', event: 'added' },
      { type: 'Correct', event: 'added', path: 'effectiveOn' },
    ])
      expect([command, rule(command, [added]), rule(command, [added, set])]).toEqual([command, undefined, alone]);
    expect(rule({ type: 'Correct', event: 'added', path: 'source.document' }, [added, set])).toBeUndefined();
    const voided = pastEvent('directory', { type: 'Voided', id: 'voided', facts: { target: 'added' } }, 3);
    expect(grantsAmong([added, set, voided]).map(({ id }) => id)).toEqual(['set', 'voided']);
    expect(grantsAmong([added, voided])).toEqual([]);
  });

  it('is never done by somebody whom the directory does not know, who could be whoever they appoint', () => {
    const unknown = { post: 'monitoring-officer', person: 'p-0123456789' };
    expect(own({ type: 'AddPost', ...OFFICER }, { record: 'NONE' }, unknown)).toBe('GRANTER_UNKNOWN');
    expect(own({ type: 'Correct', event: 'added', path: 'capacity' }, undefined, unknown)).toBe('GRANTER_UNKNOWN');
    expect(own({ type: 'SetPersonSubject' }, { record: 'PERSON', ref: 'person-ab3k9' }, unknown)).toBe(
      'GRANTER_UNKNOWN',
    );
    expect(own({ type: 'AddPost', as: 'analyst' }, { record: 'NONE' }, unknown)).toBeUndefined();
  });

  it('is never done for oneself: not as holder, not by a tenure, not by a subject', () => {
    expect(own({ type: 'AppointHolder', person: self.person }, officers)).toBe('OWN_APPOINTMENT');
    expect(own({ type: 'AppointHolder', person: self.person })).toBe('OWN_APPOINTMENT');
    expect(own({ type: 'Correct', event: 'appointed', path: 'person', is: self.person })).toBe('OWN_APPOINTMENT');
    expect(own({ type: 'Void', event: 'appointed' }, undefined, { ...self, person: 'person-ab3k9' })).toBe('OWN_POST');
    expect(own({ type: 'SetPersonSubject' }, { record: 'PERSON', ref: self.person })).toBe('OWN_SUBJECT');
    const me = { record: 'PERSON', ref: self.person } as const;
    const known = [
      pastEvent('directory', { ...PERSON, id: 'added', facts: { ref: self.person } }, 1),
      pastEvent('directory', { type: 'SubjectSet', id: 'set' }, 2),
    ];
    for (const event of ['added', 'set']) expect(own({ type: 'Void', event }, me, self, known)).toBe('OWN_SUBJECT');
    expect(own({ type: 'AppointHolder', person: 'person-other' }, officers)).toBeUndefined();
  });

  it('is never done to a post that one acts in or holds', () => {
    expect(own({ type: 'AddPost', as: 'monitoring-officer' }, { record: 'NONE' })).toBe('OWN_POST');
    expect(own({ type: 'AppointHolder', person: 'person-other' }, { ...officers, ref: 'monitoring-officer' })).toBe(
      'OWN_POST',
    );
    expect(own({ type: 'AppointHolder', person: 'person-other' }, selfHolds)).toBe('OWN_POST');
    const left = { ...officers, holders: [{ ...selfHolds.holders[0]!, until: '2022-12-31' }] };
    expect(own({ type: 'AppointHolder', person: 'person-other' }, left)).toBeUndefined();
  });
});

describe('who holds a post on a day', () => {
  const first = appointed('person-first', '2021-06-08');

  it('is nobody before the first holder, then the holder, then the next', () => {
    const held = post([POST, first, appointed('person-other', '2021-12-02')]);
    expect(holdersOn(held, '2021-06-07')).toEqual([]);
    expect(holdersOn(held, '2021-06-08')).toEqual(['person-first']);
    expect(holdersOn(held, '2021-12-01')).toEqual(['person-first']);
    expect(holdersOn(held, '2021-12-02')).toEqual(['person-other']);
  });

  it('is both while a tenure is shared', () => {
    const held = post([POST, first, appointed('person-other', '2021-12-02', { shared: true })]);
    expect(holdersOn(held, '2021-12-02')).toEqual(['person-first', 'person-other']);
  });

  it('is nobody once the last day is over, even if somebody held it before', () => {
    const held = post([POST, first, appointed('person-other', '2021-12-02', { until: '2022-01-31' })]);
    expect(holdersOn(held, '2022-01-31')).toEqual(['person-other']);
    expect(holdersOn(held, '2022-02-01')).toEqual([]);
  });

  const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2023-01-01', days));
  const tenures = fc.array(
    fc.record(
      {
        person: fc.constantFrom('person-a', 'person-b', 'person-c', 'person-d'),
        from: day,
        until: day,
        interim: fc.boolean(),
        shared: fc.boolean(),
      },
      { requiredKeys: ['person', 'from', 'interim', 'shared'] },
    ),
    { maxLength: 8 },
  );

  function holding(given: readonly Tenure[]): PostState {
    return post([
      POST,
      ...given.map(({ person, from, until, shared }) =>
        appointed(person, from, { shared, ...(until === undefined ? {} : { until }) }),
      ),
    ]);
  }

  /** Said once more, without a loop over days: begun, not ended, and not followed by anybody who took their place. */
  function holdsOn(tenure: Tenure, index: number, holders: readonly Tenure[], on: CivilDate): boolean {
    const followed = holders.slice(index + 1).some((next) => !next.shared && next.from <= on);
    return tenure.from <= on && (tenure.until === undefined || on <= tenure.until) && !followed;
  }

  it('is whoever has begun, has not ended and was not followed', () => {
    fc.assert(
      fc.property(tenures, day, (given, on) => {
        const state = holding(given);
        const expected = state.holders
          .filter((tenure, index) => holdsOn(tenure, index, state.holders, on))
          .map(({ person }) => person);
        expect(holdersOn(state, on)).toEqual(expected);
      }),
      { seed: 20210608, numRuns: 500 },
    );
  });

  it('does not depend on what begins later, nor on the order in which tenures of different days were entered', () => {
    fc.assert(
      fc.property(tenures, day, fc.integer(), (given, on, by) => {
        const distinct = [...new Map((given as Tenure[]).map((tenure) => [tenure.from, tenure])).values()];
        const turn = distinct.length === 0 ? 0 : Math.abs(by) % distinct.length;
        const turned = [...distinct.slice(turn), ...distinct.slice(0, turn)];
        expect(holdersOn(holding(turned), on)).toEqual(holdersOn(holding(distinct), on));
        expect(holdersOn(holding(distinct.filter(({ from }) => from <= on)), on)).toEqual(
          holdersOn(holding(distinct), on),
        );
      }),
      { seed: 20211202, numRuns: 300 },
    );
  });

  it('would be told wrongly of holders out of order, which is why the state sorts them', () => {
    const late: Tenure = { person: 'person-b', from: '2023-02-01', interim: false, shared: false };
    const early: Tenure = { person: 'person-a', from: '2023-01-01', interim: false, shared: false };
    const unsorted: PostState = { record: 'POST', ref: 'chief-constable', holders: [late, early] };
    expect(holdersOn(unsorted, '2023-03-01')).toEqual(['person-a']);
    expect(holdersOn(holding([late, early]), '2023-03-01')).toEqual(['person-b']);
  });
});

describe('the state of the directory', () => {
  it('holds references to names, never names', () => {
    expect(given(directory, [BODY]).state).toEqual({
      record: 'BODY',
      ref: 'CGB',
      name: { event: 'event-1', part: 'text/name' },
      organisation: 'OPCC',
    });
    expect(given(directory, [PERSON]).state).toMatchObject({
      record: 'PERSON',
      ref: 'person-ab3k9',
      name: { event: 'event-1' },
    });
  });

  it('is not changed by a second opening, by a holder of what is no post, or by facts that every register has', () => {
    const others: readonly Told[] = [BODY, POST, PERSON, appointed('person-ab3k9', '2023-01-01')];
    const { state } = given(directory, [BODY]);
    for (const other of others)
      expect(directory.evolve(state, pastEvent('directory', other, 2) as DirectoryEvent)).toBe(state);
    for (const type of ['Corrected', 'Voided', 'Restored', 'OtherwiseStated', 'Published', 'Marked'])
      expect(directory.evolve(state, pastEvent('directory', { type }, 2) as DirectoryEvent)).toBe(state);
    expect(given(directory, [appointed('person-ab3k9', '2023-01-01')]).state).toBe(directory.initial);
  });

  it('allows by mayFollow exactly what decide accepts', () => {
    const commands: readonly (readonly [DirectoryEvent['type'], DirectoryCommand])[] = [
      ['BodyAdded', { type: 'AddBody', as: 'CGB', name: 'Board' }],
      ['PostAdded', { type: 'AddPost', as: 'analyst', name: 'Analyst' }],
      ['PersonAdded', { type: 'AddPerson', name: 'Robin Example' }],
      ['HolderAppointed', { type: 'AppointHolder', ref: 'chief-constable', person: 'person-ab3k9' }],
    ];
    for (const past of [[], [BODY], [POST], [PERSON]]) {
      const { state } = given(directory, past);
      for (const [type, command] of commands) {
        const decision = decideCommand(directory, state, command, contextOf(known));
        const verdict = directory.mayFollow(state, pastEvent('directory', { type }, 9) as DirectoryEvent);
        expect('refusal' in decision ? decision.refusal.code : null).toBe(verdict?.code ?? null);
      }
    }
  });
});

describe('what the register declares', () => {
  it.each([
    ['CGB', 'directory'],
    ['chief-constable', 'directory'],
    ['person-ab3k9', 'directory'],
    ['person-chief', 'directory'],
    ['person-in-charge', null],
    ['CGB-2023-04', null],
    ['', null],
  ])('reserves %s in %s', (ref, series) => {
    expect(directory.seriesOf(ref)).toBe(series);
  });

  it('knows the reference of each kind of record, and none of what is not there', () => {
    expect([BODY, POST, PERSON].map((told) => directory.refOf(given(directory, [told]).state))).toEqual([
      'CGB',
      'chief-constable',
      'person-ab3k9',
    ]);
    expect(directory.refOf(directory.initial)).toBeNull();
  });

  it('looks up the body and the person that a command names', () => {
    expect(directory.links({ type: 'AddPost', as: 'analyst', name: 'Analyst', body: 'FORCE' })).toEqual([
      { register: 'directory', ref: 'FORCE', field: 'body' },
    ]);
    expect(directory.links({ type: 'AppointHolder', ref: 'analyst', person: 'person-ab3k9' })).toEqual([
      { register: 'directory', ref: 'person-ab3k9', field: 'person' },
    ]);
    expect(directory.links({ type: 'AddPerson', name: 'Robin Example' })).toEqual([]);
  });

  it('is written to by the office, but for what grants authority, and for persons, without whom nobody is granted any', () => {
    const office = ['opcc-officer'];
    expect(directory.mayIssue).toEqual({
      ...{ AddBody: office, AddPost: office, AppointHolder: office, AddPerson: [...office, 'monitoring-officer'] },
      ...{ BeginReading: office, EndReading: office },
      ...{ SetPersonSubject: { alone: ['monitoring-officer'] }, AppointMonitoringOfficer: 'OPERATOR' },
    });
  });

  it('reads every kind that it declares, and none of which it does not know what it means', () => {
    for (const { type, schema } of directory.kinds)
      expect(directory.upcast(pastEvent('directory', { type, schema }, 1)).type).toBe(type);
    expect(() => directory.upcast(pastEvent('directory', { type: 'PostAdded', schema: 2 }, 1))).toThrow(RangeError);
    expect(() => directory.upcast(pastEvent('directory', { type: 'PostAbolished' }, 1))).toThrow(RangeError);
  });

  it('has a check for every structured value that may be corrected', () => {
    const good: Record<string, unknown> = {
      organisation: 'FORCE',
      body: null,
      capacity: 'force-lead',
      person: 'person-ab3k9',
      until: '2024-03-31',
      interim: true,
      shared: false,
      to: 'CGB-2023-09-25',
      as: 'IS_ABOUT',
      reads: 'FORCE',
    };
    for (const { path, is } of Object.values(directory.correctable).flat()) {
      if (typeof is !== 'function') continue;
      expect(is(good[path] as never)).toBeNull();
      expect(is('Robin Example')).toMatch(/^[A-Z].*\.$/);
    }
  });
});
