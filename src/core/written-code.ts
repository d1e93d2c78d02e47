import type { FileOutline, OutlinedExport } from './project-outline.ts';

/**
 * What is read of code that a model wrote, of which nobody has told anything. It is looked at line by line: by then it has been parsed
 * and formatted as code usually is, and what is missed here is missed in what the application shows of it, not in what it does.
 */

/** The outline of a file that a model wrote; undefined where it is no TypeScript. */
export function outlineWritten(path: string, content: string): FileOutline | undefined {
  if (!/\.tsx?$/.test(path)) return undefined;
  return { exports: exportsOf(content), imports: importsOf(path, content) };
}

/** Whether a function of a module takes nothing: `export function reportRoutes()`. */
export function takesNothing(code: string, name: string): boolean {
  return new RegExp(`\\b(?:function\\s+${name}|${name}\\s*=\\s*(?:async\\s*)?(?:function)?)\\s*\\(\\s*\\)`).test(code);
}

/** Whether a file checks values with zod, itself or by the schemas of both sides. */
export function readsSchemas(code: string): boolean {
  return /from\s*['"]zod['"]/.test(code) || /^import\s+(?!type\b).*from\s*['"][./]+shared\//m.test(code);
}

function exportsOf(content: string): OutlinedExport[] {
  const found = content.matchAll(/^export (?:(async function|function)|const|let|class|interface|type) ?([\w$]+)/gm);
  return [...found].map(([line, isFunction, name = '']) => {
    const isType = /^export (interface|type) /.test(line);
    return { name, kind: isFunction === undefined ? (isType ? 'type' : 'value') : 'function' };
  });
}

function importsOf(path: string, content: string): string[] {
  const specifiers = content.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g);
  return [...new Set([...specifiers].map(([, specifier = '']) => resolveSpecifier(path, specifier)))];
}

/** The path that a relative specifier of a file means. */
export function resolveSpecifier(from: string, specifier: string): string {
  const segments = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') segments.pop();
    else if (part !== '.') segments.push(part);
  }
  return segments.join('/');
}
