import { suite } from "../../vitest.base.ts";

export default suite("contract", { include: ["src/packed/*.test.ts"] });
