import { EdgeVM } from "@edge-runtime/vm";
import { transform } from "esbuild";
import type { Runtime } from "./runtime.ts";

/** The edge runtime of Next.js, with the `process` that Next.js puts there: it throws at what it lacks. */
export const nextEdge: Runtime = {
  name: "Next.js edge",
  async run(bundle, input) {
    const { code } = await transform(bundle, { format: "iife", globalName: "suite" });
    const edge = new EdgeVM({
      extend: (context) =>
        Object.assign(context, { process: edgeProcess(), base64: Buffer.from(input).toString("base64") }),
    });
    edge.evaluate(code);
    const run = `suite.default(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))`;
    // As text, because values of another realm have prototypes of their own.
    return JSON.parse(await edge.evaluate<Promise<string>>(`Promise.resolve(${run}).then(JSON.stringify)`));
  },
};

/** As Next.js makes it: the environment, and for each function of Node's `process` one that throws. */
function edgeProcess(): object {
  const functions = Object.keys(process).filter((key) => typeof Reflect.get(process, key) === "function");
  const throwing = [...new Set([...functions, "getBuiltinModule"])].map((key) => {
    const unsupported = (): never => {
      throw new Error(`A Node.js API is used (process.${key}) which is not supported in the Edge Runtime.`);
    };
    return [key, unsupported] as const;
  });
  return { env: {}, ...Object.fromEntries(throwing) };
}
