import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

interface PublicFace {
  readonly checker: ts.TypeChecker;
  readonly exported: ReadonlySet<ts.Symbol>;
}

function readPublicFace(): PublicFace {
  const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram([`${root}src/index.ts`], { ...options, noEmit: true, incremental: false });
  const checker = program.getTypeChecker();
  const index = program.getSourceFile(`${root}src/index.ts`);
  const module = index && checker.getSymbolAtLocation(index);
  if (!module) throw new Error('src/index.ts exports nothing');
  return { checker, exported: new Set(checker.getExportsOfModule(module).map((symbol) => original(symbol, checker))) };
}

/** The types that declarations of the public face refer to, of ours and not themselves exported, each with one that refers to it. */
function findMissing({ checker, exported }: PublicFace): readonly string[] {
  const missing = new Set<string>();
  for (const symbol of exported) {
    for (const declaration of symbol.declarations ?? []) {
      for (const found of referencedTypes(declaration, checker)) {
        if (isOurs(found) && !exported.has(found)) missing.add(`${found.name} (of ${symbol.name})`);
      }
    }
  }
  return [...missing].sort();
}

function original(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Those named in the declaration as its `.d.ts` has it: without bodies, initial values and what is private. */
function* referencedTypes(node: ts.Node, checker: ts.TypeChecker): Generator<ts.Symbol> {
  if (isHidden(node)) return;
  const name = referredName(node);
  const symbol = name && checker.getSymbolAtLocation(name);
  if (symbol) yield original(symbol, checker);
  for (const child of node.getChildren()) yield* referencedTypes(child, checker);
}

function isHidden(node: ts.Node): boolean {
  if (ts.isBlock(node) || ts.isJSDoc(node)) return true;
  const { parent } = node;
  if (parent && ts.isVariableDeclaration(parent) && parent.initializer === node && parent.type) return true;
  if (parent && (ts.isParameter(parent) || ts.isPropertyDeclaration(parent)) && parent.initializer === node)
    return true;
  if (!ts.isClassElement(node)) return false;
  if (node.name && ts.isPrivateIdentifier(node.name)) return true;
  const flags = ts.getCombinedModifierFlags(node);
  return (flags & ts.ModifierFlags.Private) !== 0;
}

function referredName(node: ts.Node): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return rightmost(node.typeName);
  return ts.isExpressionWithTypeArguments(node) ? node.expression : undefined;
}

function rightmost(name: ts.EntityName): ts.Node {
  return ts.isQualifiedName(name) ? name.right : name;
}

/** Packages' types are theirs to export; a type parameter is nobody's. */
function isOurs({ declarations = [], flags }: ts.Symbol): boolean {
  return (
    (flags & ts.SymbolFlags.TypeParameter) === 0 &&
    declarations.some((declaration) => declaration.getSourceFile().fileName.startsWith(`${root}src/`))
  );
}

/** The errors that the comments of exported declarations name after `@throws`, and that are not exported. */
function findUnnamedErrors({ exported }: PublicFace): readonly string[] {
  const names = new Set([...exported].map(({ name }) => name));
  const thrown = [...exported].flatMap(({ declarations = [] }) =>
    declarations.flatMap((each) => [...thrownErrors(each)]),
  );
  return [...new Set(thrown)].filter((name) => !names.has(name) && !(name in globalThis)).sort();
}

function* thrownErrors(node: ts.Node): Generator<string> {
  for (const tag of ts.getJSDocTags(node)) {
    if (tag.tagName.text !== 'throws') continue;
    yield* (ts.getTextOfJSDocComment(tag.comment) ?? '').match(/\b[A-Z]\w*Error\b/g) ?? [];
    // `@throws WsmanClientError, …`: the name right behind the tag may be taken for a type.
    yield* tag.getText().match(/\b[A-Z]\w*Error\b/g) ?? [];
  }
  if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) return;
  for (const member of node.members) yield* thrownErrors(member);
}

describe('the public face', () => {
  let face: PublicFace;
  beforeAll(() => {
    face = readPublicFace();
  }, 60_000);

  it('has every type that an exported one refers to', () => {
    expect(findMissing(face)).toEqual([]);
  });

  it('has the class of every error that its comments name', () => {
    expect(findUnnamedErrors(face)).toEqual([]);
  });
});
