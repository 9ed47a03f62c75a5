import { expect, it } from "vitest";
import changelog from "./changelog.ts";

it("a changelog line is what the changeset says, and no commit id", async () => {
  const summary = "The contract changed:\n\n- **Breaking**, `n`: at most 4.\n";
  expect(await changelog.getReleaseLine({ summary })).toBe(
    "- The contract changed:\n\n  - **Breaking**, `n`: at most 4.",
  );
});

it("says which versions of its own dependencies a package works with", async () => {
  const dependencies = [{ name: "@image-variations/spec", newVersion: "0.2.0" }];
  expect(await changelog.getDependencyReleaseLine([], dependencies)).toBe(
    "- Works with `@image-variations/spec` 0.2.0.",
  );
  expect(await changelog.getDependencyReleaseLine([], [])).toBe("");
});
