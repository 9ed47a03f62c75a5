import { suite } from "../../vitest.base.ts";

export default suite("test", {
  // The tests mostly wait: for timeouts, for servers.
  maxWorkers: 3,
  maxConcurrency: 20,
  typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.test.json" },
});
