import ts from "typescript";

/** As much of the standard library as generated types refer to: reading all of it would take most of the time. */
const library = `
interface Array<T> { readonly length: number; [index: number]: T }
interface ReadonlyArray<T> { readonly length: number; readonly [index: number]: T }
interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {}
interface NewableFunction {} interface Number {} interface Object {} interface RegExp {} interface String {}
type Record<K extends keyof any, T> = { [P in K]: T };
type Omit<T, K extends keyof any> = { [P in Exclude<keyof T, K>]: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Exclude<T, U> = T extends U ? never : T;
type Partial<T> = { [P in keyof T]?: T[P] };
`;

/** Types of some modules, and the checker that knows them. */
export interface TypeProgram {
  readonly checker: ts.TypeChecker;
  /** The type that a module exports under a name. */
  typeOf(file: string, name: string): ts.Type | undefined;
}

/** Lets TypeScript read modules that lie on no disk. */
export function createTypeProgram(files: ReadonlyMap<string, string>): TypeProgram {
  const texts = new Map([...files, ["library.d.ts", library]]);
  const getSourceFile = (name: string): ts.SourceFile | undefined => {
    const text = texts.get(name);
    return text === undefined ? undefined : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram({
    rootNames: [...texts.keys()],
    options: {
      noLib: true,
      strict: true,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
    host: {
      getSourceFile,
      fileExists: (name) => texts.has(name),
      readFile: (name) => texts.get(name),
      writeFile: () => {},
      getDefaultLibFileName: () => "library.d.ts",
      getCurrentDirectory: () => "",
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
    },
  });
  const checker = program.getTypeChecker();
  return {
    checker,
    typeOf: (file, name) => {
      const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
      const symbol = module && checker.getExportsOfModule(module).find((one) => one.name === name);
      return symbol && checker.getDeclaredTypeOfSymbol(symbol);
    },
  };
}
