import { defineConfig, type Rolldown, type UserConfig } from "tsdown";

export interface LibraryOptions {
  /** The doors: each a file under `src`. */
  readonly entry: readonly string[];
  /**
   * The class that the door `index` has as its default export, and what its namespace has that is not an export: `require`
   * returns the class then, with every export as a property. Default: `require` returns an object with the exports.
   */
  readonly requiredClass?: { readonly name: string; readonly members: readonly string[] };
  /**
   * The paths of modules that are built into one file, because a file costs an import more than its lines do. Default: a
   * file for each set of doors that share modules.
   */
  readonly shared?: RegExp;
}

/**
 * How a published package is built: ES modules, and beside them CommonJS for what can't load those: Jest, Node before
 * 22.12, TypeScript with `moduleResolution: node`. docs/decisions/024-commonjs-beside-es-modules.md
 */
export function library({ entry, requiredClass, shared: sharedPaths }: LibraryOptions): UserConfig[] {
  const plugins = [olderTypes(), defaultsOfRequired(), ...(requiredClass ? [requiredAs(requiredClass)] : [])];
  const output: Rolldown.OutputOptions = {
    // Docstrings are in the types: in the code, they are a third of what an import reads.
    comments: { jsdoc: false },
    ...(sharedPaths && {
      codeSplitting: { groups: [{ name: "shared", test: (id) => isCode(id) && sharedPaths.test(id) }] },
    }),
  };
  const shared: UserConfig = {
    entry: [...entry],
    platform: "neutral",
    // Safari 16.3 has all of ES2022 but static blocks, which the parser of React Native does not know either.
    target: ["es2023", "safari16.3"],
    dts: true,
    // In every build, also that of the types of CommonJS, which takes no `plugins`.
    inputOptions: (options) => ({ ...options, plugins: [options.plugins, plugins] }),
  };
  return defineConfig([
    { ...shared, format: "esm", outputOptions: output },
    // What is loaded on first use is required then: Jest has no `import()`.
    {
      ...shared,
      format: "cjs",
      clean: false,
      outputOptions: { ...output, exports: "named", dynamicImportInCjs: false },
    },
  ]);
}

/** Types are built in the same run, as modules of their own. */
function isCode(id: string): boolean {
  return !/\.d\.[cm]?ts$/.test(id);
}

/** Types that TypeScript reads from 5.0 on: what it has had type parameters for only since 5.6 and 5.7 is inferred. */
function olderTypes(): Rolldown.Plugin {
  return {
    name: "older-types",
    generateBundle(_, bundle) {
      for (const chunk of typesIn(bundle)) {
        chunk.code = chunk.code
          .replaceAll("Uint8Array<ArrayBuffer>", 'ReturnType<Uint8ArrayConstructor["of"]>')
          .replaceAll(/\b(AsyncIterable|Iterable)<([\w.]+), void, undefined>/g, "$1<$2>");
      }
    },
  };
}

/**
 * A default export of what is required is found as in any CommonJS file. The bundler would do as Node's `import` does, for
 * which it is everything that the other module exports.
 */
function defaultsOfRequired(): Rolldown.Plugin {
  return {
    name: "defaults-of-required",
    generateBundle({ format }, bundle) {
      for (const output of Object.values(bundle)) {
        if (format !== "cjs" || output.type !== "chunk") continue;
        output.code = output.code.replaceAll(/__toESM\((require\("[^"]+"\)), 1\)/g, "__toESM($1)");
      }
    },
  };
}

/** Makes a class what `require` returns, in code and types. */
function requiredAs({ name, members }: NonNullable<LibraryOptions["requiredClass"]>): Rolldown.Plugin {
  return {
    name: "required-as",
    generateBundle({ format }, bundle) {
      for (const chunk of typesIn(bundle).filter(({ fileName }) => fileName === "index.d.cts")) {
        const declared = [...chunk.code.matchAll(/^export declare \w+ (\w+)/gm)].map(([, exported]) => exported!);
        // The class of the other doors, under a name of its own, because an imported one can't be merged with a namespace.
        chunk.code = chunk.code
          .replaceAll(/^export declare /gm, "declare ")
          .replace(/^export (\{[^}]+\});?\s*$/m, (_line, exported: string) =>
            [
              `declare class OpenAI extends ${name} {}`,
              "declare namespace OpenAI {",
              `  export ${exported};`,
              ...(declared.length > 0 ? [`  export { ${declared.join(", ")} };`] : []),
              ...members.map((member) => `  export import ${member} = ${name}.${member};`),
              "}",
              "export = OpenAI;\n",
            ].join("\n"),
          );
      }
      const door = bundle["index.cjs"];
      if (door?.type === "chunk") door.code += "module.exports = Object.assign(exports.default, exports);\n";
      // Where ES modules can be required, there is one class in a process, however it is loaded.
      if (format === "es" && bundle["index.js"]) {
        const source =
          'import * as exported from "./index.js";\nconst required = Object.assign(exported.default, exported);\n' +
          'export { required as "module.exports" };\n';
        this.emitFile({ type: "asset", fileName: "require.js", source });
      }
    },
  };
}

function typesIn(bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  return Object.values(bundle).filter(
    (output): output is Rolldown.OutputChunk => output.type === "chunk" && /\.d\.c?ts$/.test(output.fileName),
  );
}

/**
 * How a published command with an API is built, for Node: with codegen, the shape of commands and openapi-typescript inside,
 * so that an install brings nothing of openapi-typescript's own bundler and linter, which are not used.
 */
export function product({ entry }: { readonly entry: readonly string[] }): UserConfig {
  return defineConfig({
    entry: [...entry],
    platform: "node",
    fixedExtension: false,
    target: "node22.12",
    tsconfig: "../../tsconfig.products.json",
    // Eager, because the types of a package of ours that is inside are not found otherwise.
    dts: { entry: entry.filter((path) => !path.includes("bin")), eager: true },
    treeshake: { moduleSideEffects: [{ test: /node_modules/, sideEffects: false }] },
    plugins: [withoutRedocly()],
  });
}

/** Two functions of Redocly's are called, and this is all that they do; a patch in `patches` changes the second one likewise. */
const referenceFunctions = `
export const escapePointer = (step) => (typeof step === "number" ? step : step.replace(/~/g, "~0").replace(/\\//g, "~1"));
const unescapePointer = (text) => {
  const step = text.replace(/~1/g, "/").replace(/~0/g, "~");
  try {
    return decodeURIComponent(step);
  } catch {
    // A name may have a "%".
    return step;
  }
};
export const parseRef = (reference) => {
  const [uri, pointer = ""] = reference.split("#/");
  return { uri: uri.replace(/#$/, "") || null, pointer: pointer.split("/").map(unescapePointer).filter(Boolean) };
};
`;

function withoutRedocly(): Rolldown.Plugin {
  const unused = ["BaseResolver", "Source", "bundle", "createConfig", "lintDocument", "makeDocumentFromString"];
  const modules: Readonly<Record<string, string>> = {
    "@redocly/openapi-core": unused.map((name) => `export const ${name} = undefined;\n`).join(""),
    "@redocly/openapi-core/lib/ref-utils.js": referenceFunctions,
  };
  return {
    name: "without-redocly",
    resolveId: (id) => (Object.hasOwn(modules, id) ? `\0${id}` : undefined),
    load: (id) => (id.startsWith("\0") ? modules[id.slice(1)] : undefined),
  };
}
