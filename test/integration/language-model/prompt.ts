/** What a prompt asks of a model that can only be talked to. */
export interface PromptFacts {
  /** The word in the marker lines around files; undefined where JSON is asked for. */
  readonly marker: string | undefined;
  /** The slug of the slice that is asked for. */
  readonly slug: string | undefined;
}

export function factsOf(prompt: string): PromptFacts {
  return {
    marker: /^<<<end (\w+)>>>$/m.exec(prompt)?.[1],
    slug: /src\/client\/modules\/([\w-]+)\/screen\.tsx` \(exports/.exec(prompt)?.[1],
  };
}
