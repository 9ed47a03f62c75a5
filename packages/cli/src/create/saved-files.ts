import { existsSync } from "node:fs";
import { extname, join } from "node:path";
import { CliError } from "../command-line/cli-error.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { createScratchFolder, type ScratchFolder } from "../files/scratch-folder.ts";
import { writeError } from "../files/file-errors.ts";
import { nearPath } from "../files/near-path.ts";
import { fillPattern, type NameFacts } from "./file-names.ts";
import type { InputImage } from "./read-inputs.ts";
import type { CreateOptions } from "./resolve-options.ts";

/** The most numbers that are tried for a file that must not overwrite another. */
const mostNumbers = 100_000;

/** The files that the variations of one image become: in the folder that was asked for, each with a name that was free. */
export class SavedFiles implements Disposable {
  /** The paths of the variations that are whole, in the order in which they came. */
  readonly variations: string[] = [];
  readonly #options: CreateOptions;
  readonly #input: InputImage;
  readonly #scratch: ScratchFolder;
  #number = 1;

  /** @throws CliError if no file can be written there. */
  constructor(input: InputImage, options: CreateOptions, context: CliContext) {
    this.#input = input;
    this.#options = options;
    const { out, name, force } = options;
    const only = name.includes("{index}") ? undefined : `${fillPattern(name, this.#facts(1))}.png`;
    if (only !== undefined && !force && existsSync(join(out, only))) throw exists(only);
    try {
      this.#scratch = createScratchFolder(out, context);
    } catch (error) {
      throw writeError(error, nearPath(out, context)) ?? error;
    }
  }

  /** Where files are written before they have their names. */
  get scratch(): string {
    return this.#scratch.path;
  }

  /** Gives a variation that is whole its name. */
  placeVariation(file: string): string {
    const path = this.#scratch.place(file, this.#variationNames(extname(file)), this.#options);
    if (path === undefined) throw exists(`${fillPattern(this.#options.name, this.#facts(1))}${extname(file)}`);
    this.variations.push(path);
    return path;
  }

  /** Gives the contact sheet its name. */
  placeSheet(file: string): string {
    const path = this.#scratch.place(file, this.#sheetNames(extname(file)), this.#options);
    if (path === undefined) throw exists(`${fillPattern(this.#options.name, this.#facts("sheet"))}${extname(file)}`);
    return path;
  }

  [Symbol.dispose](): void {
    this.#scratch[Symbol.dispose]();
  }

  /** The names with the next numbers, as long as they are not free. */
  *#variationNames(extension: string): Generator<string> {
    const { name } = this.#options;
    const last = name.includes("{index}") ? this.#number + mostNumbers : this.#number;
    while (this.#number <= last) {
      const filled = fillPattern(name, this.#facts(this.#number));
      this.#number += 1;
      yield filled + extension;
    }
  }

  *#sheetNames(extension: string): Generator<string> {
    const filled = fillPattern(this.#options.name, this.#facts("sheet"));
    yield filled + extension;
    for (let number = 2; number < mostNumbers; number += 1) yield `${filled}-${number}${extension}`;
  }

  #facts(index: NameFacts["index"]): NameFacts {
    const { parameters } = this.#options;
    const seed = parameters["seed"] as number | undefined;
    return { name: this.#input.name, index, size: String(parameters["size"]), seed };
  }
}

function exists(file: string): CliError {
  return new CliError(`${file} is there already.`, {
    fix: "--force overwrites it; {index} in --name numbers the files.",
  });
}
