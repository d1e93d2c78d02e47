import type { ProjectRequest } from '../../../../src/core/request.ts';
import type { Draft } from '../../../../src/engines/model/analysis/draft.ts';

/** A small shop: requirements and a good answer to them. */

export const shopRequest: ProjectRequest = {
  projectName: 'Corner Shop',
  description: 'Sells tea and coffee online.',
  requirements: `# Corner Shop

An online shop for tea and coffee.

## Catalogue
- Customers can browse and search products by name and category.
- Every product has a name, a price, a stock count and a picture.
- Customers can rate products from 1 to 5 stars.

## Orders
- A customer puts products into an order with a quantity each.
- An order is new, paid, shipped or cancelled.
- The shop owner sees a chart of sales per month.
- Payment goes through the national bank's terminal.

There is an About page. The background is ivory and buttons are dark green.
`,
};

export const shopDraft: Draft = {
  actors: [
    { name: 'Customer', sentences: [3, 5, 7] },
    { name: 'Shop owner', sentences: [9] },
  ],
  entities: [
    {
      name: 'Category',
      description: 'Groups products.',
      fields: [{ name: 'name', type: 'string', required: true, unique: true }],
      relations: [],
      titleField: 'name',
      sentences: [3],
    },
    {
      name: 'Product',
      description: 'Tea or coffee that is for sale.',
      fields: [
        { name: 'name', type: 'string', required: true, unique: true },
        { name: 'price', type: 'money', required: true, unique: false, min: 0 },
        { name: 'stock', type: 'integer', required: true, unique: false, min: 0 },
        { name: 'picture', type: 'image', required: false, unique: false },
      ],
      relations: [{ name: 'category', kind: 'many-to-one', target: 'Category', required: true }],
      titleField: 'name',
      sentences: [4],
    },
    {
      name: 'Rating',
      description: 'Stars that a customer gives a product.',
      fields: [
        { name: 'stars', type: 'integer', required: true, unique: false, min: 1, max: 5 },
        { name: 'comment', type: 'text', required: false, unique: false },
      ],
      relations: [{ name: 'product', kind: 'many-to-one', target: 'Product', required: true }],
      titleField: 'stars',
      sentences: [5],
    },
    {
      name: 'Order',
      description: 'What a customer buys at once.',
      fields: [
        { name: 'number', type: 'string', required: true, unique: true },
        {
          name: 'status',
          type: 'enum',
          required: true,
          unique: false,
          values: ['New', 'Paid', 'Shipped', 'Cancelled'],
        },
        { name: 'email', type: 'email', required: true, unique: false },
      ],
      relations: [],
      titleField: 'number',
      sentences: [7, 8],
    },
    {
      name: 'OrderItem',
      description: 'A product in an order.',
      fields: [{ name: 'quantity', type: 'integer', required: true, unique: false, min: 1 }],
      relations: [
        { name: 'order', kind: 'many-to-one', target: 'Order', required: true },
        { name: 'product', kind: 'many-to-one', target: 'Product', required: true },
      ],
      titleField: 'quantity',
      sentences: [7],
    },
  ],
  features: [
    feature('Browse products', 'list', 'Product', 'Customer', [3]),
    feature('Search products', 'search', 'Product', 'Customer', [3]),
    feature('Rate a product', 'create', 'Rating', 'Customer', [5]),
    {
      ...feature('Show sales per month', 'custom', 'Order', 'Shop owner', [9]),
      description: 'A bar chart with the sum of the orders of each month.',
    },
  ],
  home: { text: ['Tea and coffee from around the corner.'], sentences: [1] },
  pages: [{ title: 'About', text: ['The shop will introduce itself here.'], sentences: [11] }],
  theme: { background: '', component: '', sentences: [12] },
  about: [1],
  unmet: [{ sentence: 10, reason: 'A terminal of a bank cannot be connected without a contract with it.' }],
};

function feature(
  title: string,
  kind: Draft['features'][number]['kind'],
  entity: string,
  actor: string,
  sentences: number[],
): Draft['features'][number] {
  return { title, kind, entity, actor, description: '', sentences };
}
