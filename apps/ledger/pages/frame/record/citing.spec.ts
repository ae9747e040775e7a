import { rowOf } from './citing.ts';

const record = { text: 'CGB-2023-06-A1', href: '/actions/CGB-2023-06-A1' };
const event = '0b1f8d3e-2c39-4a76-9a42-6c2f1f1f9f10';

describe('a fact that cites a document', () => {
  it('is told with its place in the document, and leads to its place in the timeline', () => {
    expect(rowOf({ event, type: 'ActionRaised', as: 'SOURCE', version: '2' }, record, 'paragraph 7(a)')).toEqual({
      record: { text: 'CGB-2023-06-A1', href: `/actions/CGB-2023-06-A1#event-${event}` },
      fact: 'Raised',
      as: 'Source, version 2, paragraph 7(a)',
    });
  });

  it('is told as evidence where it was given for it, and leads nowhere where its record has no page', () => {
    const row = rowOf({ event, type: 'EvidenceAdded', as: 'EVIDENCE' }, { text: 'CGB-2023-06-A1' }, null);
    expect(row).toMatchObject({ record: { text: 'CGB-2023-06-A1' }, as: 'Evidence' });
    expect(row.record).not.toHaveProperty('href');
  });
});
