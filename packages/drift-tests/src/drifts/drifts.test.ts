import { expect, it } from "vitest";
import { readText } from "../repository/repository.ts";
import { drifts } from "./drifts.ts";

// `pnpm drifts` takes minutes, and is not run with every change: so that it can be run, each change sees to this.
it.each(drifts)("can still be made: $what", ({ path, from }) => {
  expect(readText(path)).toMatch(from);
});
