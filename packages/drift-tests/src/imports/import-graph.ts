import { join } from "node:path/posix";
import ts from "typescript";
import { listFiles, readText } from "../repository/repository.ts";

/** One module that names another. */
export interface ImportEdge {
  /** The importing file's path from the root. */
  readonly from: string;
  /** What is imported: a file's path from the root, or what is written there, such as `node:fs` or `openapi-fetch`. */
  readonly to: string;
  /** Whether it is there for the compiler only, and gone at run time. */
  readonly isTypeOnly: boolean;
}

/** Every import and re-export of a checkout's TypeScript, `import()` included. */
export function importGraph(root?: string): ImportEdge[] {
  return listFiles("{specs,scripts,packages/*}/src/**/*.ts", root).flatMap((from) =>
    importsOf(from, readText(from, root)).map(({ specifier, isTypeOnly }) => ({
      from,
      to: specifier.startsWith(".") ? join(from, "..", specifier) : specifier,
      isTypeOnly,
    })),
  );
}

interface Import {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

function importsOf(path: string, text: string): Import[] {
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyImport(node));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, isTypeOnlyExport(node));
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    ts.forEachChild(node, visit);
  };
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (specifier && ts.isStringLiteral(specifier)) imports.push({ specifier: specifier.text, isTypeOnly });
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return imports;
}

function isTypeOnlyImport({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  const { isTypeOnly, name, namedBindings } = importClause;
  return (
    isTypeOnly || (!name && !!namedBindings && ts.isNamedImports(namedBindings) && areTypes(namedBindings.elements))
  );
}

function isTypeOnlyExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  return isTypeOnly || (!!exportClause && ts.isNamedExports(exportClause) && areTypes(exportClause.elements));
}

function areTypes(elements: readonly { readonly isTypeOnly: boolean }[]): boolean {
  return elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
}
