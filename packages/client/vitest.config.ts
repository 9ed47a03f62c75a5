import { suite } from "../../vitest.base.ts";

export default suite("test", {
  testTimeout: 60_000,
  typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.test.json" },
});
