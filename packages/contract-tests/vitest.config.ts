import { suite } from "../../vitest.base.ts";

export default suite("contract", {
  globalSetup: "src/target/start-target.ts",
  isolate: false, // no file leaves anything behind in a module
  server: { deps: { external: [/changed-spec-/] } }, // Node itself runs the packages that are made of changed specs
  typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.test-d.json" },
});
