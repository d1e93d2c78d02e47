/** What went wrong with one field of a form, as the server says it. */
export interface FieldProblem {
  field: string;
  message: string;
}

interface ProblemDetails {
  title: string;
  status: number;
  detail?: string;
  errors: FieldProblem[];
}

/** A request that was answered with an error (RFC 9457), or not answered at all (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  /** The fields at fault, when the server names them. */
  readonly fields: readonly FieldProblem[];

  constructor(problem: ProblemDetails) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.title = problem.title;
    this.fields = problem.errors;
  }

  get isNotFound(): boolean {
    return this.status === 404;
  }
}

/** Reads the error of a response, whatever its body holds: a proxy in between may answer with HTML. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const fallback = { title: `The server answered ${response.status}`, status: response.status, errors: [] };
  try {
    const body: unknown = await response.json();
    if (typeof body !== 'object' || body === null) return new ApiProblem(fallback);
    const text = (key: string): string | undefined => {
      const value: unknown = Reflect.get(body, key);
      return typeof value === 'string' ? value : undefined;
    };
    const detail = text('detail');
    return new ApiProblem({
      title: text('title') ?? fallback.title,
      status: response.status,
      ...(detail === undefined ? {} : { detail }),
      errors: fieldProblems(Reflect.get(body, 'errors')),
    });
  } catch {
    return new ApiProblem(fallback);
  }
}

/** The answer that never came: no network, or the server is down. */
export function unreachable(): ApiProblem {
  return new ApiProblem({
    title: 'No connection',
    detail: 'The server could not be reached. Check the connection and try again.',
    status: 0,
    errors: [],
  });
}

/** Any thrown value as a sentence for the person at the screen. */
export function messageOf(error: unknown): string {
  return error instanceof ApiProblem ? error.message : 'Something went wrong. Please try again.';
}

function fieldProblems(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const field: unknown = Reflect.get(entry, 'field');
    const message: unknown = Reflect.get(entry, 'message');
    return typeof field === 'string' && typeof message === 'string' ? [{ field, message }] : [];
  });
}
