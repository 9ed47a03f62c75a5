import { suite } from "../../vitest.base.ts";

// What needs more than npm brings is for CI and `pnpm matrix`; src/packed has a task of its own, in `npm test`.
export default suite("matrix", { exclude: ["src/**/programs/**", "src/packed/**"] });
