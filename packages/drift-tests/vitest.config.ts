import { suite } from "../../vitest.base.ts";

export default suite("test", { testTimeout: 60_000, hookTimeout: 60_000 });
