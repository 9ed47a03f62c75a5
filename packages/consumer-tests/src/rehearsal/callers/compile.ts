import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "@image-variations/command";
import { runProgram } from "@image-variations/testing/run-program";
import { compilers } from "../../consumer/write-project.ts";

const resolutions = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "preserve", moduleResolution: "bundler" },
} as const;

/** The ways in which users compile. */
export const compilations = Object.keys(compilers)
  .filter((name) => name.startsWith("typescript"))
  .flatMap((compiler) =>
    Object.keys(resolutions).map((resolution) => ({ compiler, resolution: resolution as keyof typeof resolutions })),
  );

/** What users wrote: one program that no change of the rehearsal touches, and one that the breaking change breaks. */
const programs = ["steady.ts", "smallest.ts"];

/** Compiles the programs strictly, library checks included. @returns The compiler's errors, none if they compile. */
export async function compile(
  consumer: string,
  { compiler, resolution }: (typeof compilations)[number],
): Promise<string[]> {
  const project = join(consumer, `tsconfig.${compiler}.${resolution}.json`);
  const compilerOptions = {
    ...resolutions[resolution],
    target: "es2023",
    lib: ["es2023"],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  };
  writeFileSync(project, JSON.stringify({ compilerOptions, files: programs }));
  const tsc = join(consumer, "node_modules", compiler, "bin/tsc");
  const { stdout: output } = await runProgram(process.execPath, [tsc, "--pretty", "false", "--project", project], {
    cwd: consumer,
    expected: [0, 1, 2],
  });
  const errors = output.split("\n").filter((line) => line.includes("error TS"));
  if (errors.length === 0 && output.trim() !== "") throw new CommandError(`${compiler} did not compile:\n${output}`);
  return errors;
}

/** Compiles in every way, and throws on any error. */
export async function compileEverywhere(consumer: string): Promise<void> {
  for (const way of compilations) {
    const errors = await compile(consumer, way);
    if (errors.length > 0) {
      throw new CommandError(`With ${way.compiler}, ${way.resolution}:\n${errors.join("\n")}`);
    }
  }
}
