import * as z from 'zod';
import { earlierDesignSchema } from './earlier-design.ts';
import { TakossError } from './errors.ts';

/** The longest project name, in characters. Folder, package and database names are derived from it. */
export const maxNameLength = 100;
export const maxDescriptionLength = 2000;
/** About 150 pages. More is almost always a file chosen by mistake. */
export const maxRequirementsLength = 500_000;

const hasLetterOrDigit = /[\p{L}\p{N}]/u;
/**
 * Control characters, halves of characters, ends of lines and paragraphs, and what is not drawn but reorders, hides or smuggles: by their
 * properties, so that none is forgotten. Joiners and selectors of a variant are left, which scripts and emoji need.
 */
const invisible =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufff9-\ufffb]|(?!\p{Join_Control}|\p{Variation_Selector}|\u034f)\p{Default_Ignorable_Code_Point}/u;
/** Joiners with nothing to join, and selectors with nothing to vary: texts can be hidden in rows of them. */
const loose =
  /(?:^|\s|\p{Join_Control}|\u034f)(?:\p{Join_Control}|\u034f)|(?:^|\s|\p{Default_Ignorable_Code_Point})\p{Variation_Selector}/u;
/** Device names of Windows, which no folder there can have, with any extension. */
const windowsDevice = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
const reservedNames = new Set(['node_modules', 'favicon.ico', 'takoss']);

/** What is wrong with a project name and what to do about it, or undefined. */
export function checkProjectName(value: string): string | undefined {
  const name = value.trim();
  if (name === '') return 'The project has no name. Type one, such as "Blog Platform".';
  if (name.length > maxNameLength) {
    return `The name has ${name.length} characters. Use at most ${maxNameLength}.`;
  }
  if (/[/\\]/.test(name) || /^\.+$/.test(name)) {
    return 'The name looks like a path. Type a name without "/" and "\\"; the folder is chosen separately.';
  }
  if (invisible.test(name) || loose.test(name)) {
    return 'The name has invisible control characters in it. Type it again instead of pasting it.';
  }
  if (!hasLetterOrDigit.test(name)) {
    return 'The name has no letter or digit, so no folder can be named after it. Add a word.';
  }
  // The folder is named after the slug: `Con!` would become `con`.
  if (windowsDevice.test(name) || windowsDevice.test(slugify(name)) || reservedNames.has(name.toLowerCase())) {
    return `"${name}" is a reserved name. Add a word, such as "my ${name}".`;
  }
  return undefined;
}

/** What is wrong with a description, or undefined. It may be empty. */
export function checkDescription(value: string): string | undefined {
  if (value.length > maxDescriptionLength) {
    return `The description has ${value.length.toLocaleString('en')} characters. Use at most ${maxDescriptionLength.toLocaleString('en')}; details belong in the requirements.`;
  }
  return undefined;
}

/** What is wrong with requirements, or undefined. */
export function checkRequirements(value: string): string | undefined {
  if (value.trim() === '') {
    return 'The requirements are empty. Say in plain English what the application should do.';
  }
  if (value.length > maxRequirementsLength) {
    return `The requirements have ${value.length.toLocaleString('en')} characters; Takoss reads at most ${maxRequirementsLength.toLocaleString('en')}. Shorten them, or generate from a part.`;
  }
  if (!/\p{L}/u.test(value)) {
    return 'The requirements have no words in them. Say in plain English what the application should do.';
  }
  return undefined;
}

function checked(check: (value: string) => string | undefined): (context: z.core.ParsePayload<string>) => void {
  return (context) => {
    const message = check(context.value);
    if (message !== undefined) context.issues.push({ code: 'custom', message, input: context.value });
  };
}

const text = (what: string) => z.string({ error: `"${what}" is missing or not a text.` });

/** A request as it comes from outside. Fields of ours come after the three of the first version and are optional. */
export const projectRequestSchema = z.object({
  projectName: text('projectName')
    .check(checked(checkProjectName))
    .transform((name) => name.trim().normalize('NFC')),
  // What may be missing may be null: so do many programs write what is not there.
  description: text('description')
    .check(checked(checkDescription))
    .nullish()
    .transform((value) => value ?? ''),
  requirements: text('requirements').check(checked(checkRequirements)),
});

/** What the user asks for. */
export type ProjectRequest = z.infer<typeof projectRequestSchema>;

/** What a generator is given: the user's words, and the ids of a project that is generated again. */
export const generationRequestSchema = projectRequestSchema.extend({ previous: earlierDesignSchema.nullish() });
export type GenerationRequest = z.infer<typeof generationRequestSchema>;

/** Parses the user's words at the border, or throws `invalid-request` with the first field at fault. */
export function parseRequest(value: unknown): ProjectRequest {
  return parseWith(projectRequestSchema, value);
}

/** Parses all that a generator is given, as {@link parseRequest} does. */
export function parseGenerationRequest(value: unknown): GenerationRequest {
  return parseWith(generationRequestSchema, value);
}

function parseWith<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join('.');
  throw new TakossError('invalid-request', issue?.message ?? 'The request is not valid.', field ? { field } : {});
}

/** Latin letters that are no letter with an accent, so that Unicode takes nothing off them; as passports and street signs spell them. */
const spellings: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŋ: 'ng',
};

/**
 * The kebab-case name for folders, packages and databases: `Blog Platform` is `blog-platform`. What has no Latin letters
 * is called `app`, because package registries and databases take nothing else.
 */
export function slugify(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþıħŋ]/g, (letter) => spellings[letter] ?? '')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  if (slug === '') return 'app';
  return /^[0-9]/.test(slug) ? `app-${slug}` : slug;
}
