import { parse } from '@babel/parser';

/** How long a constant may be to be shown as it is. */
const shortConstant = 240;

interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * What a module offers, without how: its types as they are, functions and classes without their bodies, long constants without their values. Comments of
 * declarations stay: they say what things are for. A module that cannot be read is left as it is.
 */
export function signaturesOf(code: string): string {
  const program = parseModule(code);
  if (program === undefined) return code;
  const text = ({ start, end }: Piece): string => code.slice(start, end);
  const parts = program.body.flatMap((statement) => {
    const isExported = statement.type === 'ExportNamedDeclaration';
    const node = isExported ? (statement.declaration ?? statement) : statement;
    const shown = declarationOf(node, isExported, code);
    if (shown === undefined) return [];
    const comment = (statement.leadingComments ?? []).findLast(
      ({ type, value }) => type === 'CommentBlock' && value.startsWith('*'),
    );
    const head = comment === undefined ? '' : `${text(pieceOf(comment))}\n`;
    return [`${head}${isExported && node !== statement ? 'export ' : ''}${shown}`];
  });
  return `${parts.join('\n')}\n`;
}

type Program = ReturnType<typeof parse>['program'];
type Statement = Program['body'][number];

function parseModule(code: string): Program | undefined {
  try {
    return parse(code, { sourceType: 'module', plugins: ['typescript', 'jsx'], attachComment: true }).program;
  } catch {
    return undefined;
  }
}

function declarationOf(node: Statement, isExported: boolean, code: string): string | undefined {
  const text = ({ start, end }: Piece): string => code.slice(start, end);
  const whole = pieceOf(node);
  switch (node.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return text(whole);
    case 'ExportNamedDeclaration':
      return text(whole);
    case 'FunctionDeclaration':
      return isExported ? `${text({ start: whole.start, end: pieceOf(node.body).start }).trimEnd()};` : undefined;
    case 'ClassDeclaration': {
      if (!isExported) return undefined;
      const head = text({ start: whole.start, end: pieceOf(node.body).start });
      const members = node.body.body.flatMap((member) => {
        if (member.type === 'ClassPrivateProperty' || member.type === 'ClassPrivateMethod') return [];
        const piece = pieceOf(member);
        const end = member.type === 'ClassMethod' ? pieceOf(member.body).start : piece.end;
        return [`  ${text({ start: piece.start, end }).trimEnd().replace(/;?$/, ';')}`];
      });
      return `${head}{\n${members.join('\n')}\n}`;
    }
    case 'VariableDeclaration': {
      if (text(whole).length <= shortConstant && (isExported || text(whole).includes('as const'))) return text(whole);
      const [first] = node.declarations;
      if (first === undefined) return undefined;
      const names = keysOf(first.init);
      if (names === undefined && !isExported) return undefined;
      const name = text(pieceOf(first.id));
      return names === undefined
        ? `const ${name}: …;`
        : `const ${name} = { ${names.map((key) => `${key}: …`).join(', ')} };`;
    }
    default:
      return undefined;
  }
}

type Initial = (Statement & { type: 'VariableDeclaration' })['declarations'][number]['init'];

/** The keys of a constant object, whose values are too long to show. */
function keysOf(init: Initial): string[] | undefined {
  const value = init?.type === 'TSAsExpression' ? init.expression : init;
  if (value?.type !== 'ObjectExpression' || init?.type !== 'TSAsExpression') return undefined;
  return value.properties.flatMap((property) =>
    property.type === 'ObjectProperty' && property.key.type === 'Identifier' ? [property.key.name] : [],
  );
}

/** The parser always says where a node is; its types do not. */
function pieceOf({ start, end }: { start?: number | null; end?: number | null }): Piece {
  return { start: start ?? 0, end: end ?? 0 };
}
