import type { SliceFile } from '../../../core/slices.ts';

/**
 * A complete slice, to show how one is done: "Visitors sign up for the newsletter", slug `newsletter`. Its places, names and checks are
 * those of a real one; a test renders it into a project.
 */
export const exampleSlice: readonly SliceFile[] = [
  {
    path: 'tables.json',
    content: `[
  {
    "name": "NewsletterSubscriber",
    "plural": "NewsletterSubscribers",
    "description": "Who gets the newsletter.",
    "fields": [{ "name": "email", "type": "email", "required": true, "unique": true }],
    "relations": []
  }
]
`,
  },
  {
    path: 'src/shared/features/newsletter.ts',
    content: `import { z } from 'zod';
import { email } from '../validation/fields.ts';

/** What a person enters to sign up. */
export const signUpSchema = z.object({ email: email('E-mail address') });
export type SignUp = z.infer<typeof signUpSchema>;

/** How many have signed up, and the latest of them. */
export const subscribersSchema = z.object({
  total: z.int(),
  latest: z.array(z.object({ id: z.int(), email: z.string(), createdAt: z.string() })),
});
export type Subscribers = z.infer<typeof subscribersSchema>;
`,
  },
  {
    path: 'src/server/features/newsletter.ts',
    content: `import { createRoute } from '@hono/zod-openapi';
import { desc } from 'drizzle-orm';
import { z } from 'zod';
import { signUpSchema, subscribersSchema } from '../../shared/features/newsletter.ts';
import type { Database } from '../db/client.ts';
import { newsletterSubscribers } from '../db/features/newsletter.ts';
import { featureRoutes, jsonAnswer, jsonBody, problemAnswer } from '../http/feature-routes.ts';
import { Problem } from '../http/problem.ts';

const tags = ['Newsletter'];

const show = createRoute({
  method: 'get',
  path: '/',
  tags,
  summary: 'Show who gets the newsletter',
  responses: { 200: jsonAnswer('How many, and the latest.', subscribersSchema) },
});

const signUp = createRoute({
  method: 'post',
  path: '/',
  tags,
  summary: 'Sign up for the newsletter',
  request: { body: jsonBody(signUpSchema) },
  responses: {
    201: jsonAnswer('The new subscriber.', z.object({ id: z.int() })),
    400: problemAnswer('The address is not valid.'),
    409: problemAnswer('The address has been signed up before.'),
  },
});

/** The routes below /api/newsletter. */
export function newsletterRoutes(db: Database) {
  const routes = featureRoutes();

  routes.openapi(show, async (c) => {
    const { id, email, createdAt } = newsletterSubscribers;
    const latest = await db.select({ id, email, createdAt }).from(newsletterSubscribers).orderBy(desc(id)).limit(5);
    return c.json({ total: await db.$count(newsletterSubscribers), latest }, 200);
  });

  routes.openapi(signUp, async (c) => {
    const { email } = c.req.valid('json');
    const [subscriber] = await db
      .insert(newsletterSubscribers)
      .values({ email: email.toLowerCase() })
      .onConflictDoNothing()
      .returning({ id: newsletterSubscribers.id });
    if (subscriber === undefined) {
      const message = 'This address has been signed up before.';
      throw new Problem(409, message, [{ field: 'email', message }]);
    }
    return c.json(subscriber, 201);
  });

  return routes;
}
`,
  },
  {
    path: 'src/client/features/newsletter/screen.tsx',
    content: `import { type FormEvent, useState } from 'react';
import { type Subscribers, signUpSchema } from '../../../shared/features/newsletter.ts';
import { ApiProblem, messageOf } from '../../api/problem.ts';
import { request } from '../../api/request.ts';
import { formatMoment } from '../../format/dates.ts';
import { useQuery } from '../../hooks/use-query.ts';
import { FormRow } from '../../records/form/form-row.tsx';
import { byField, check, type Problems } from '../../records/form/validation.ts';
import { Button } from '../../ui/button.tsx';
import { FailureMessage, Message } from '../../ui/message.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { useAnnounce } from '../../ui/toasts.tsx';

const api = '/api/newsletter';

/** Signs visitors up for the newsletter, and shows who gets it. */
export function Screen() {
  const subscribers = useQuery('newsletter', async (signal) => (await request(api, { signal })) as Subscribers, {
    keepPrevious: true,
  });
  return (
    <div className="container py-10">
      <h1 className="font-bold text-3xl tracking-tight">Newsletter</h1>
      <p className="mt-2 text-muted">News once a month.</p>
      <SignUpForm onSignedUp={subscribers.reload} />
      <h2 className="mt-10 mb-4 font-semibold text-xl">Subscribers</h2>
      {subscribers.status === 'loading' && (
        <>
          <Loading label="Loading the subscribers" />
          <Skeleton />
        </>
      )}
      {subscribers.status === 'failed' && (
        <FailureMessage
          title="The subscribers could not be loaded"
          detail={messageOf(subscribers.error)}
          onRetry={subscribers.reload}
        />
      )}
      {subscribers.status === 'ready' && <Latest {...subscribers.data} />}
    </div>
  );
}

function SignUpForm({ onSignedUp }: { onSignedUp: () => void }) {
  const [email, setEmail] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string>();
  const [isSending, setSending] = useState(false);
  const announce = useAnnounce();

  const send = async (): Promise<void> => {
    const checked = check(signUpSchema, { email });
    setProblems(checked.ok ? {} : checked.problems);
    setFailure(undefined);
    if (!checked.ok) return;
    setSending(true);
    try {
      await request(api, { method: 'POST', body: checked.input });
      announce('Signed up');
      setEmail('');
      onSignedUp();
    } catch (error) {
      if (error instanceof ApiProblem && error.fields.length > 0) setProblems(byField(error.fields));
      else setFailure(messageOf(error));
    } finally {
      setSending(false);
    }
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };

  return (
    <form
      noValidate
      onSubmit={submit}
      className="mt-6 max-w-md space-y-4 rounded-2xl border border-line bg-surface p-6 shadow-soft"
    >
      <FormRow name="email" label="E-mail address" required problem={problems.email}>
        {(control) => (
          <input
            {...control}
            type="email"
            autoComplete="email"
            className="field"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </FormRow>
      {failure !== undefined && (
        <p role="alert" className="rounded-lg bg-danger-tint px-4 py-2 text-danger text-sm">
          {failure}
        </p>
      )}
      <Button type="submit" look="primary" disabled={isSending}>
        Sign up
      </Button>
    </form>
  );
}

function Latest({ total, latest }: Subscribers) {
  if (total === 0) {
    return (
      <Message icon="inbox" title="Nobody yet">
        Be the first to sign up.
      </Message>
    );
  }
  return (
    <>
      <p className="mb-3 text-muted text-sm">{total.toLocaleString()} in all</p>
      <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
        {latest.map(({ id, email, createdAt }) => (
          <li key={id} className="flex justify-between gap-4 px-5 py-3">
            <span className="truncate">{email}</span>
            <span className="text-muted text-sm">{formatMoment(createdAt)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
`,
  },
  {
    path: 'tests/server/features/newsletter.test.ts',
    content: `import { describe, expect, it } from 'vitest';
import { expectFieldErrors, testApi } from '../support/api.ts';

describe('/api/newsletter', () => {
  const api = testApi();

  it('signs up, and shows the latest first', async () => {
    expect((await api.send('POST', '/api/newsletter', { email: 'ada@example.com' })).status).toBe(201);
    expect((await api.send('POST', '/api/newsletter', { email: 'Bob@example.com' })).status).toBe(201);
    const { status, body } = await api.send('GET', '/api/newsletter');
    expect(status).toBe(200);
    expect(body.total).toBe(2);
    expect(body.latest.map(({ email }: { email: string }) => email)).toEqual(['bob@example.com', 'ada@example.com']);
  });

  it('refuses what is no address', async () => {
    expectFieldErrors(await api.send('POST', '/api/newsletter', { email: 'ada' }), 400, ['email']);
  });

  it('refuses an address that has been signed up before', async () => {
    await api.send('POST', '/api/newsletter', { email: 'ada@example.com' });
    expectFieldErrors(await api.send('POST', '/api/newsletter', { email: 'ADA@example.com' }), 409, ['email']);
  });
});
`,
  },
  {
    path: 'tests/client/features/newsletter.test.tsx',
    content: `import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Screen } from '../../../src/client/features/newsletter/screen.tsx';
import { fakeAnswers, fakeProblem } from '../support/fake-answers.ts';
import { renderRoutes } from '../support/render-routes.tsx';

const routes = [{ path: '/newsletter', element: <Screen /> }];
const nobody = { total: 0, latest: [] };

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('newsletter', () => {
  it('shows who has signed up', async () => {
    const latest = [{ id: 1, email: 'ada@example.com', createdAt: '2026-01-31T09:30:00Z' }];
    fakeAnswers({ 'GET /api/newsletter': { total: 1, latest } });
    renderRoutes(routes, '/newsletter');
    expect(await screen.findByText('ada@example.com')).toBeDefined();
    expect(screen.getByText('1 in all')).toBeDefined();
  });

  it('signs up with the address that was entered', async () => {
    const received = fakeAnswers({
      'GET /api/newsletter': nobody,
      'POST /api/newsletter': () => Response.json({ id: 1 }, { status: 201 }),
    });
    renderRoutes(routes, '/newsletter');
    fireEvent.change(screen.getByLabelText(/E-mail address/), { target: { value: 'ada@example.com' } });
    fireEvent.click(screen.getByRole('button', { name: 'Sign up' }));
    expect(await screen.findByText('Signed up')).toBeDefined();
    expect(received.find(({ method }) => method === 'POST')?.body).toEqual({ email: 'ada@example.com' });
  });

  it('says at the field what the server refuses', async () => {
    const message = 'This address has been signed up before.';
    fakeAnswers({
      'GET /api/newsletter': nobody,
      'POST /api/newsletter': () => fakeProblem(409, [{ field: 'email', message }]),
    });
    renderRoutes(routes, '/newsletter');
    fireEvent.change(screen.getByLabelText(/E-mail address/), { target: { value: 'ada@example.com' } });
    fireEvent.click(screen.getByRole('button', { name: 'Sign up' }));
    expect(await screen.findByText(message)).toBeDefined();
  });
});
`,
  },
];
