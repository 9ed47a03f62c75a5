import { suite } from "../../vitest.base.ts";

export default suite("contract", { testTimeout: 30_000, hookTimeout: 60_000 });
