import { suite } from "../../vitest.base.ts";

export default suite("test", {
  typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.test.json" },
});
