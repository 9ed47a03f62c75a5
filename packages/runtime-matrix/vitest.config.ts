import { suite } from "../../vitest.base.ts";

export default suite("matrix", { testTimeout: 60_000, hookTimeout: 60_000 });
