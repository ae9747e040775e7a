import { Client, type Json } from './client.ts';
import { dayFromToday, openOffice, type Office } from './office.ts';

const OFFERS = 'offers(ref: $ref) { command may inOwnPost forAnother why { code sentence } }';

describe('what somebody may write', () => {
  let office: Office;
  let ref: string;
  let secret: string;

  beforeAll(async () => {
    office = await openOffice();
    ref = await office.raise({ title: 'Report on detention times' });
    secret = await office.raise({ title: 'Covert matter', marking: 'OFFICIAL_SENSITIVE', owner: 'commissioner' });
    await office.served.ready();
  }, 60_000);
  afterAll(() => office?.served.remove());

  const offers = async (client: Client, about: string | null, asOf: object = {}): Promise<Json> => {
    const document = `query ($ref: ID, $asOf: AsOf) { ledger(asOf: $asOf) { ${OFFERS} } }`;
    return (await client.runs(document, { ref: about, asOf })).ledger.offers;
  };
  const offered = async (client: Client, about: string | null) =>
    (await offers(client, about)).filter(({ may }: Json) => may).map(({ command }: Json) => command);

  it('are the commands on a record, each with why it is not theirs to give now', async () => {
    const ofOfficer = await offers(office.officer, ref);
    expect(ofOfficer.find(({ command }: Json) => command === 'agreeAction')).toEqual({
      command: 'agreeAction',
      ...{ may: true, inOwnPost: false, forAnother: true, why: null },
    });
    expect(ofOfficer.find(({ command }: Json) => command === 'giveActionUpdate')).toEqual({
      command: 'giveActionUpdate',
      ...{ may: false, inOwnPost: false, forAnother: false },
      why: { code: 'NOT_AGREED', sentence: `Action ${ref} is only proposed. It must be agreed first.` },
    });
    expect(ofOfficer.map(({ command }: Json) => command)).toEqual(
      expect.arrayContaining(['correctAction', 'voidActionEvent', 'publishAction', 'recordOtherwiseStated']),
    );
    const ofLead = await offers(await office.served.as('force-lead'), ref);
    expect(ofLead.find(({ command }: Json) => command === 'agreeAction')).toMatchObject({
      may: false,
      why: { code: 'FORBIDDEN', sentence: expect.stringContaining('you act as force-lead') },
    });
  });

  it('are, where no record is named, those that open one', async () => {
    expect(await offered(office.officer, null)).toEqual([
      ...['addBody', 'addPost', 'addPerson', 'scheduleMeeting', 'raiseAction', 'recordDocument'],
      // The monitoring officer's, which an officer may type for them.
      'addRule',
      'makeRecommendation',
      'proposeRisk',
      'proposeDecision',
      'suggestForwardPlanItem',
    ]);
    expect(await offered(await office.served.as('force-lead'), null)).toEqual([
      'raiseAction',
      'recordDocument',
      'makeRecommendation',
      'proposeRisk',
      'suggestForwardPlanItem',
    ]);
    expect(await offered(await office.served.as('panel-member'), null)).toEqual([]);
  });

  it('are those of now: what was recorded is in them at once', async () => {
    await office.commissioner.does('agreeAction', { ref });
    await office.served.ready();
    const { lead } = office;
    expect(await offered(lead, ref)).toEqual(['giveActionUpdate', 'addActionEvidence', 'reportActionComplete']);
  });

  it('are not told of a record that is not there or not theirs to see, without a token, or at another basis', async () => {
    const panel = await office.served.as('panel-member');
    expect(await offers(panel, secret)).toBeNull();
    expect(await offers(panel, 'CGB-2023-04-A99')).toBeNull();
    expect(await offers(panel, 'no reference')).toBeNull();
    expect(await offers(new Client(() => office.served.url, null), ref)).toBeNull();
    const { position } = (await office.officer.runs('{ ledger { basis { position } } }')).ledger.basis;
    for (const asOf of [{ effective: dayFromToday(-1) }, { recorded: new Date().toISOString() }, { position }])
      expect(await offers(office.officer, ref, asOf)).toBeNull();
    expect(await offers(office.officer, ref, { clock: 'PROVEN' })).not.toBeNull();
  });
});
