import { createHash } from 'node:crypto';
import { commitToEvent, commitToPart } from './commitment.ts';

const nonce = Buffer.alloc(32, 7);

describe('commitments', () => {
  it('commit to a part as SHA256("pgl/part/v1\\0" ‖ nonce ‖ u16 length ‖ name ‖ plaintext)', () => {
    const bytes = Buffer.concat([
      Buffer.from('pgl/part/v1\0'),
      nonce,
      Buffer.from([0, 5]),
      Buffer.from('facts'),
      Buffer.from('{}'),
    ]);
    expect(commitToPart(nonce, 'facts', Buffer.from('{}'))).toEqual(createHash('sha256').update(bytes).digest());
  });

  it('commit to an event as SHA256("pgl/event/v1\\0" ‖ nonce ‖ u32 length ‖ header ‖ u16 count ‖ parts)', () => {
    const parts = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const bytes = Buffer.concat([
      Buffer.from('pgl/event/v1\0'),
      nonce,
      Buffer.from([0, 0, 0, 2]),
      Buffer.from('{}'),
      Buffer.from([0, 2]),
      ...parts,
    ]);
    expect(commitToEvent(nonce, Buffer.from('{}'), parts)).toEqual(createHash('sha256').update(bytes).digest());
  });

  it('say nothing of the text without the nonce: the same text under another nonce is another commitment', () => {
    expect(commitToPart(nonce, 'text/title', Buffer.from('"x"'))).not.toEqual(
      commitToPart(Buffer.alloc(32, 8), 'text/title', Buffer.from('"x"')),
    );
  });

  it('tell the order of the parts', () => {
    const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(commitToEvent(nonce, Buffer.from('{}'), [a, b])).not.toEqual(
      commitToEvent(nonce, Buffer.from('{}'), [b, a]),
    );
  });

  it('refuse a short nonce, and a part commitment that is none', () => {
    expect(() => commitToPart(Buffer.alloc(31), 'facts', Buffer.alloc(0))).toThrow(RangeError);
    expect(() => commitToEvent(nonce, Buffer.alloc(0), [Buffer.alloc(31)])).toThrow(RangeError);
  });
});
