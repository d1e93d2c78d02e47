/** A project of which a model writes twelve features, and what it answers. */

const subjects =
  'sales visitors orders returns refunds deliveries suppliers invoices complaints discounts subscriptions warranties'.split(
    ' ',
  );

export const request = {
  projectName: 'Shop Figures',
  description: 'Figures of a shop',
  requirements: [
    'The shop sells products with a name and a price.',
    ...subjects.map((subject) => `The owner sees figures about ${subject} on a page of their own.`),
  ].join('\n'),
};

const nothing = { actor: '', description: '' };

/** The draft of the analysis: a feature for each subject. */
export const analysis = {
  actors: [],
  entities: [
    {
      name: 'Product',
      description: 'Something the shop sells.',
      fields: [
        { name: 'name', type: 'string', required: true, unique: false },
        { name: 'price', type: 'money', required: true, unique: false },
      ],
      relations: [],
      titleField: 'name',
      sentences: [0],
    },
  ],
  features: subjects.map((subject, index) => ({
    ...nothing,
    title: `Show ${subject}`,
    kind: 'custom',
    entity: 'Product',
    sentences: [index + 1],
  })),
  home: { text: [], sentences: [] },
  pages: [],
  theme: { background: '', component: '', sentences: [] },
  about: [],
  unmet: [],
};

/** What is sought in the stream to see how long a piece of text takes: `show-sales:0007;`. */
export const mark = /[a-z-]+:\d{4};/g;

/** The files of a slice. Slices differ in length by up to a third. */
export function sliceFiles(slug) {
  const lines = 16 + ([...slug].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 9);
  return [
    { path: `src/client/modules/${slug}/screen.tsx`, content: screenOf(slug, lines) },
    { path: `tests/client/modules/${slug}.test.tsx`, content: testOf(slug) },
  ];
}

function screenOf(slug, lines) {
  const rows = Array.from({ length: lines }, (_, line) => `  '${slug}:${String(line).padStart(4, '0')}; figures',`);
  return `const rows = [\n${rows.join('\n')}\n];

export function Screen() {
  return (
    <ul>
      {rows.map((row) => (
        <li key={row}>{row}</li>
      ))}
    </ul>
  );
}
`;
}

function testOf(slug) {
  return `import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Screen } from '../../../src/client/modules/${slug}/screen.tsx';

it('shows figures', () => {
  render(<Screen />);
  expect(screen.getAllByRole('listitem').length).toBeGreaterThan(0);
});
`;
}

/** A module of so many bytes. */
export function largeFile(bytes) {
  const line = (number) =>
    `export const value${String(number).padStart(7, '0')} = 'a line like many others in this file';\n`;
  const length = line(0).length;
  return Array.from({ length: Math.ceil(bytes / length) }, (_, number) => line(number)).join('');
}
