import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { OutsideLink } from '../../src/client/app/outside-link.tsx';

afterEach(cleanup);

it('leads to another site in a new tab, and tells it nothing', () => {
  render(<OutsideLink address="https://www.example.org/a">The whole story</OutsideLink>);
  const link = screen.getByRole('link', { name: /^The whole story.*www\.example\.org in a new tab/ });
  expect(link.textContent).toContain('The whole story(www.example.org)');
  expect(link.getAttribute('href')).toBe('https://www.example.org/a');
  expect(link.getAttribute('rel')).toBe('noopener noreferrer');
  expect(link.getAttribute('target')).toBe('_blank');
});

it('shows the address itself where it is called nothing else', () => {
  render(<OutsideLink address="https://www.example.org/a/" />);
  expect(screen.getByRole('link').textContent).toMatch(/^example\.org\/a/);
});

it('leads to mailboxes and telephones in place', () => {
  render(<OutsideLink address="mailto:a@example.org" />);
  render(<OutsideLink address="tel:+491234">+49 (12) 34</OutsideLink>);
  expect(screen.getByRole('link', { name: 'a@example.org' }).getAttribute('target')).toBeNull();
  expect(screen.getByRole('link', { name: '+49 (12) 34' }).getAttribute('href')).toBe('tel:+491234');
});

it.each(['javascript:alert(1)', 'data:text/html,x', '/posts', 'not an address'])('shows %s as text', (address) => {
  render(<OutsideLink address={address} />);
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.getByText(address)).toBeDefined();
});
