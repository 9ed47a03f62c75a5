import { product } from "../../tsdown.base.ts";

export default product({ entry: ["src/index.ts", "src/bin.ts"] });
