import { suite } from "../../vitest.base.ts";

export default suite("test", {
  testTimeout: 60_000,
  // The tests mostly wait: for timeouts, for servers.
  maxWorkers: 3,
  maxConcurrency: 20,
  typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.test.json" },
});
