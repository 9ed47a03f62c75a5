import { beforeAll, describe, expect, test } from "vitest";
import { bundleSuite } from "./bundle-suite.ts";
import { runtimes } from "../runtimes/runtimes.ts";
import { startClientServer } from "./start-client-server.ts";
import { clientChecks } from "./suites/client-checks.ts";
import type { ClientOutcome } from "./suites/client-outcomes.ts";

let bundle: string;
beforeAll(async () => {
  bundle = await bundleSuite(new URL("./suites/client-outcomes.ts", import.meta.url));
});

describe("the client keeps every check", () => {
  test.each(runtimes)("in $name", async ({ name, missing, run }) => {
    // A machine may lack a runtime; the one that decides may not.
    if (missing && process.env.CI !== "true") return console.warn(`${name} was not asked: ${missing}.`);
    await using server = await startClientServer();
    const outcomes = (await run(bundle, new TextEncoder().encode(server.url))) as ClientOutcome[];
    expect(outcomes).toEqual(clientChecks.map(([check]) => ({ name: check })));
    return undefined;
  });
});
