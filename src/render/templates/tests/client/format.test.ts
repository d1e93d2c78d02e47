import { describe, expect, it } from 'vitest';
import { formatDay, fromLocalInput, toLocalInput } from '../../src/client/format/dates.ts';
import { outsideAddress, pictureAddress } from '../../src/client/format/links.ts';
import { counted, inSentence, withArticle } from '../../src/client/format/words.ts';

describe('dates', () => {
  it('keeps a calendar day whatever the time zone', () => {
    expect(formatDay('2026-03-01')).toBe(
      new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(2026, 2, 1)),
    );
  });

  it('brings a moment into a local input and back unchanged', () => {
    const moment = '2026-07-15T22:30:00.000Z';
    expect(toLocalInput(moment)).toMatch(/^2026-07-1\dT\d\d:\d\d$/);
    expect(fromLocalInput(toLocalInput(moment))).toBe(moment);
  });

  it('shows what it cannot read as it is', () => {
    expect(formatDay('someday')).toBe('someday');
    expect(toLocalInput('someday')).toBe('');
    expect(fromLocalInput('someday')).toBe('someday');
  });
});

describe('links', () => {
  it('leads to pages, mailboxes and telephones, and says where', () => {
    const page = 'https://www.example.com:8080/a/';
    expect(outsideAddress(page)).toEqual({ href: page, site: 'www.example.com:8080', text: 'example.com:8080/a' });
    expect(outsideAddress('https://example.com@evil.example/')?.site).toBe('evil.example');
    expect(outsideAddress('mailto:a@example.com')).toEqual({ href: 'mailto:a@example.com', text: 'a@example.com' });
    expect(outsideAddress('tel:+4912345')).toEqual({ href: 'tel:+4912345', text: '+4912345' });
  });

  it.each([
    'javascript:alert(1)',
    ' https://example.com',
    'https://',
    '//example.com',
    '/posts',
    'data:text/html,x',
    'mailto:',
    'mailto:a@example.com?bcc=b@example.com',
    'mailto:a@example.com,b@example.com',
    'tel:*21*1234#',
    'tel:1;ext=javascript:',
    '',
  ])('leads nowhere from %s', (address) => {
    expect(outsideAddress(address)).toBeUndefined();
  });

  it('shows pictures of the web and of this server', () => {
    expect(pictureAddress('/images/a.svg')).toBe('/images/a.svg');
    expect(pictureAddress('//example.com/a.svg')).toBeUndefined();
    expect(pictureAddress('javascript:alert(1)')).toBeUndefined();
  });
});

describe('words', () => {
  it('writes labels in small letters inside a sentence, but not acronyms', () => {
    expect(inSentence('Blog post')).toBe('blog post');
    expect(inSentence('FAQ entry')).toBe('FAQ entry');
    expect(inSentence('X')).toBe('x');
    expect(inSentence('')).toBe('');
  });

  it('counts and chooses the article', () => {
    expect(counted(1, { label: 'Post', pluralLabel: 'Posts' })).toBe('1 post');
    expect(counted(2, { label: 'Post', pluralLabel: 'Posts' })).toBe('2 posts');
    expect(withArticle('Order')).toBe('an order');
    expect(withArticle('Post')).toBe('a post');
  });
});
