import { headersOf } from './served-ledger.ts';
import type { Json } from './client.ts';
import { dayFromToday, openOffice, type Office } from './office.ts';

describe('what is in question', () => {
  let office: Office;
  let ref: string;
  /** The meeting that is the authority, at which nothing was raised. */
  let meeting: string;

  /** A page as somebody sees it who acts in a post, or as the public. */
  async function page(path: string, post: string | null): Promise<string> {
    const { served } = office;
    await served.ready();
    const headers = await headersOf(served.url, post);
    const response = await fetch(`${served.url}${path}`, { headers });
    expect([path, response.status]).toEqual([path, 200]);
    return response.text();
  }
  /** Whether the record's own page and the list say so: never one without the other. */
  async function isTold(post: string | null): Promise<boolean> {
    const [own, list] = [await page(`/actions/${ref}`, post), await page('/questioned', post)];
    const told = [/In question: Agreed/.test(own), list.includes(`/actions/${ref}`)];
    expect(told[0]).toBe(told[1]);
    // The tag, the sentence and the meeting stand and fall together.
    for (const words of [/govuk-tag--orange">\s*In question/, /which is its authority/, /: taken back/])
      expect([words, words.test(own)]).toEqual([words, told[0]]);
    return told[0]!;
  }

  beforeAll(async () => {
    office = await openOffice();
    const { officer } = office;
    meeting = (await officer.does('scheduleMeeting', { body: 'CGB', on: dayFromToday(0) })).meeting.ref;
    await officer.does('holdMeeting', { ref: meeting });
    ref = await office.raise({ title: 'Report on detention times' });
    await office.commissioner.does('agreeAction', { ref, authority: { meeting } });
    await office.monitoring.does('publishAction', { ref });
  }, 60_000);
  afterAll(() => office?.served.remove());

  it('is on no page while all stands as it was', async () => {
    for (const post of ['internal-auditor', 'opcc-officer', null]) expect(await isTold(post)).toBe(false);
    expect(await page('/questioned', 'internal-auditor')).toContain('Nothing that you may see was in question');
  });

  it('stands on the page of the record and in one list, for those who may see both the record and what puts it in question', async () => {
    const { officer, monitoring } = office;
    const history = (await officer.asks('AnyRecord', { ref: meeting })).ledger.record.history.edges;
    const event = history.find(({ node }: Json) => node.type === 'MeetingHeld').node.id;
    await monitoring.does('voidMeetingEvent', { ref: meeting, event, reason: 'It was another board.' });
    for (const post of ['internal-auditor', 'jarap-member', 'force-lead']) expect(await isTold(post)).toBe(true);
    // The action is published, its meeting is not.
    expect(await isTold(null)).toBe(false);
    expect(await page('/questioned', 'internal-auditor')).toContain('Report on detention times');

    await monitoring.does('markMeeting', { ref: meeting, marking: 'OFFICIAL_SENSITIVE' });
    expect([await isTold('internal-auditor'), await isTold('jarap-member')]).toEqual([true, false]);
  });

  it('is told as it was known on another date', async () => {
    expect(await page('/questioned?recorded=2020-01-01', 'internal-auditor')).toContain('Nothing that you may see');
  });
});
