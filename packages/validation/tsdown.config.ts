import { library } from "../../tsdown.base.ts";

export default library({ entry: ["src/index.ts", "src/error-envelope.ts", "src/json.ts"] });
