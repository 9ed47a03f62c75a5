import { suite } from "../../vitest.base.ts";

export default suite("test", { include: ["{src,bench}/**/*.test.ts"] });
