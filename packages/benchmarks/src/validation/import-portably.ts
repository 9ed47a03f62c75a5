import { createPng } from "@image-variations/png-corpus";
import type { inspectPng } from "@image-variations/validation";

/** The validator once more, in a runtime that seems to have no zlib. */
export async function importPortably(): Promise<typeof inspectPng> {
  const { getBuiltinModule } = process;
  process.getBuiltinModule = undefined as never;
  const { inspectPng: inspect } = (await import(`${import.meta.resolve("@image-variations/validation")}?portable`)) as {
    inspectPng: typeof inspectPng;
  };
  // It asks for zlib when it is first used, and never again.
  await inspect(createPng({ width: 99, height: 99 }), { depth: "pixels" });
  process.getBuiltinModule = getBuiltinModule;
  return inspect;
}
