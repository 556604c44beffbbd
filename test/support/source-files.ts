import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** One import, re-export, `import()` or `require()`. */
export interface Import {
  /** A package or built-in as written; a file of ours as a path from the root, without its extension. */
  readonly target: string;
  /** Gone when the program runs. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly name: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Reads and parses every .ts file below `folder`, a path from the root. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => parse(path.posix.join(folder, file.replaceAll(path.sep, '/'))));
}

/** Every node of a tree, parents first. */
export function* nodes(tree: ts.Node): Generator<ts.Node> {
  yield tree;
  for (const child of tree.getChildren()) yield* nodes(child);
}

function parse(name: string): SourceFile {
  const tree = ts.createSourceFile(name, readFileSync(name, 'utf8'), ts.ScriptTarget.Latest, true);
  const imports = [...nodes(tree)].flatMap((node) => importOf(node) ?? []);
  return { name, tree, imports: imports.map((found) => ({ ...found, target: resolve(name, found.target) })) };
}

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) return { target: text(node.moduleSpecifier), typeOnly: bringsTypesOnly(node) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return { target: text(node.moduleSpecifier), typeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { target: text(node.argument.literal), typeOnly: true };
  }
  if (!ts.isCallExpression(node) || !/^(require|import)$/.test(node.expression.getText())) return undefined;
  const [argument] = node.arguments;
  return argument && ts.isStringLiteral(argument) ? { target: argument.text, typeOnly: false } : undefined;
}

/** `import type …`, or `import { type A, type B }`. */
function bringsTypesOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  const { isTypeOnly, name, namedBindings } = importClause;
  if (isTypeOnly) return true;
  return (
    !name &&
    !!namedBindings &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every((each) => each.isTypeOnly)
  );
}

function text(node: ts.Node): string {
  return ts.isStringLiteral(node) ? node.text : '';
}

function resolve(from: string, target: string): string {
  return target.startsWith('.') ? path.posix.join(path.posix.dirname(from), target) : target;
}
