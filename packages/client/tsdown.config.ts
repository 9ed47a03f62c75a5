import { library } from "../../tsdown.base.ts";

export default library({
  entry: ["src/index.ts", "src/node.ts", "src/runtime.ts", "src/schema.ts", "src/transport.ts"],
  requiredClass: { name: "ImageVariations", members: ["Images"] },
});
