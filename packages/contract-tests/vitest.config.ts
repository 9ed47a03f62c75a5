import { suite } from "../../vitest.base.ts";

export default suite("contract", {
  globalSetup: "src/target/start-target.ts",
  testTimeout: 60_000,
  hookTimeout: 60_000,
  typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.json" },
});
