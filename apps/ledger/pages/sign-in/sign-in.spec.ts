import { forgottenCookie, keptCookie, tokenIn } from '../../access/demo-cookie.ts';
import { isSentFromHere, localPath } from '../frame/sent-from-here.ts';
import { presentSignIn } from './present-sign-in.ts';

describe('where a sign-in leads on to', () => {
  it.each(['/', '/actions', '/actions/CGB-2023-04-A1?on=2023-06-30', '/actions?text=a%2Fb'])(
    'leads to %s of this server',
    (path) => {
      expect(localPath(path)).toBe(path);
    },
  );

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    'actions',
    '',
    undefined,
    ['/a', '/b'],
    '/..//evil.example',
    `/${'a'.repeat(3000)}`,
  ])('never leads to %j', (wanted) => {
    expect(localPath(wanted)).toBe('/');
  });
});

describe('a form', () => {
  it('is taken from a page of this server', () => {
    expect(isSentFromHere({ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' })).toBe(true);
    expect(isSentFromHere({ host: '127.0.0.1:3000', origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(true);
  });

  it.each([
    { host: '127.0.0.1:3000', origin: 'http://evil.example' },
    { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3001' },
    { host: '127.0.0.1:3000', origin: 'null' },
    { host: '127.0.0.1:3000', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' },
    { host: '127.0.0.1:3000', 'sec-fetch-site': 'cross-site' },
    { host: '127.0.0.1:3000', 'sec-fetch-site': 'same-site' },
    { host: '127.0.0.1:3000' },
  ])('is refused when it comes with %j', (headers) => {
    expect(isSentFromHere(headers)).toBe(false);
  });
});

describe('the cookie of the demo', () => {
  it('is kept from scripts and from the forms of other sites', () => {
    expect(keptCookie('a.b.c')).toMatch(/^ledger-demo=a\.b\.c; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(forgottenCookie()).toMatch(/^ledger-demo=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('is found among others', () => {
    expect(tokenIn('a=b; ledger-demo=x.y.z; c=d')).toBe('x.y.z');
    expect(tokenIn('a=b')).toBeNull();
    expect(tokenIn(undefined)).toBeNull();
  });
});

describe('the choice of a post', () => {
  const asked = { posts: [], chosen: null, returnTo: '/', ended: false };

  it('offers the posts that every ledger has, by the names of the directory', () => {
    const { posts } = presentSignIn({
      ...asked,
      posts: [{ ref: 'force-lead', name: 'Lead for vetting', capacity: 'force-lead' }],
      chosen: 'force-lead',
    });
    expect(posts).toHaveLength(7);
    expect(posts.find(({ value }) => value === 'force-lead')).toMatchObject({
      text: 'Lead for vetting',
      checked: true,
    });
    expect(posts.find(({ value }) => value === 'internal-auditor')).toMatchObject({
      hint: { text: 'Reads only; sees everything.' },
      checked: false,
    });
  });

  it('offers further posts of the directory after them', () => {
    const { posts } = presentSignIn({
      ...asked,
      posts: [{ ref: 'chief-constable', name: null, capacity: 'force-lead' }],
    });
    expect(posts.at(-1)).toMatchObject({ value: 'chief-constable', text: 'Chief constable' });
  });

  it('says what is missing when nothing was chosen', () => {
    expect(presentSignIn({ ...asked, problem: 'Select the post that you act as' }).errors).toEqual([
      { id: 'post', sentence: 'Select the post that you act as' },
    ]);
  });
});
