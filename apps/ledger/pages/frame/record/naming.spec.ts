import { rowOf } from './naming.ts';

const named = { text: 'CGB-2023-06-A1', href: '/actions/CGB-2023-06-A1' };

describe('a record that names the one at hand', () => {
  it('is told by its kind, its heading, and what it is to the other in the words of its register', () => {
    const fields = ['meeting', 'due.current.meeting'];
    expect(rowOf({ ref: 'CGB-2023-06-A1', register: 'actions', fields }, named, 'Fill the tracker')).toEqual({
      name: named,
      kind: 'Action',
      heading: 'Fill the tracker',
      as: ['Raised there', 'Due there'],
    });
    expect(
      rowOf({ ref: 'estates-lead', register: 'directory', fields: ['holders.person'] }, named, null),
    ).toMatchObject({
      kind: 'Post',
      as: ['A post that they hold or held'],
    });
  });

  it('says its name once', () => {
    const name = { text: 'Estates lead', href: '/posts/estates-lead' };
    expect(
      rowOf({ ref: 'estates-lead', register: 'directory', fields: ['body'] }, name, 'Estates lead').heading,
    ).toBeNull();
  });

  it('is told by the name of the field where its register has no words for it', () => {
    expect(rowOf({ ref: 'CGB-2023-06-A1', register: 'actions', fields: ['some.otherOne'] }, named, null).as).toEqual([
      'Some other one',
    ]);
  });
});
