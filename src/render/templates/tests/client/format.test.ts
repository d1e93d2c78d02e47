import { describe, expect, it } from 'vitest';
import { formatDay, fromLocalInput, toLocalInput } from '../../src/client/format/dates.ts';
import { pictureAddress, webAddress } from '../../src/client/format/links.ts';
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
  it('links to the web and to nothing else', () => {
    expect(webAddress('https://example.com/a')).toBe('https://example.com/a');
    expect(webAddress('javascript:alert(1)')).toBeUndefined();
    expect(webAddress(' https://example.com')).toBeUndefined();
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
