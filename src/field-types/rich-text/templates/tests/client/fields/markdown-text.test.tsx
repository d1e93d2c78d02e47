import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { MarkdownText } from '../../../src/client/fields/markdown-text.tsx';

afterEach(cleanup);

describe('formatted text', () => {
  it('has headings, emphasis, lists and links that lead out of the application', () => {
    render(<MarkdownText markdown={'# Plan\n\n- **one**\n\n[site](https://example.com/a)'} />);
    expect(screen.getByRole('heading', { name: 'Plan' })).toBeDefined();
    expect(screen.getByRole('listitem').querySelector('strong')?.textContent).toBe('one');
    const link = screen.getByRole('link');
    expect(link.getAttribute('href')).toBe('https://example.com/a');
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">a</a>',
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    '![a](https://example.com/a.png)',
  ])('runs and loads nothing of %s', (markdown) => {
    const { container } = render(<MarkdownText markdown={markdown} />);
    expect(container.querySelector('script, img, iframe, a')).toBeNull();
  });
});
