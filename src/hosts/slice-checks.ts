/** What is to be downloaded for the checks. */
export interface CheckInstall {
  /** The path of the folder it goes into. */
  readonly folder: string;
  /** About how much that is. */
  readonly megabytes: number;
}

/** Whether what a model writes is checked in full, and what may happen for that without asking; undefined asks. */
export interface CheckChoice {
  readonly checks: 'full' | 'basic' | undefined;
  /** Whether tests are run that cannot be shut in. */
  readonly unconfinedTests: boolean | undefined;
}

/** What a host asks its user where the choice does not say. */
export interface CheckQuestions {
  readonly install: (install: CheckInstall) => Promise<boolean>;
  /** `why` they cannot be shut in, as a clause. */
  readonly unconfinedTests: (why: string) => Promise<boolean>;
}

/** What a checker asks before it downloads packages, and before it runs tests that cannot be shut in. */
export interface CheckConsent {
  readonly consent: (install: CheckInstall) => Promise<boolean>;
  readonly unconfinedTests: (why: string) => Promise<boolean>;
}

/** The policy of every host: undefined where nothing beyond syntax and imports is checked. */
export function checkConsent(choice: CheckChoice, questions: CheckQuestions): CheckConsent | undefined {
  if (choice.checks === 'basic') return undefined;
  return {
    consent: (install) => (choice.checks === 'full' ? Promise.resolve(true) : questions.install(install)),
    unconfinedTests: (why) =>
      choice.unconfinedTests === undefined ? questions.unconfinedTests(why) : Promise.resolve(choice.unconfinedTests),
  };
}
