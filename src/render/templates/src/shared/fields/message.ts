/** What a person reads where a value is missing, or is something else than expected. */
export function message(label: string, expected: string): { error: (issue: { input?: unknown }) => string } {
  return {
    error: ({ input }) =>
      input === undefined || input === null ? `${label} is required.` : `${label} must be ${expected}.`,
  };
}
