import { library } from "../../tsdown.base.ts";

export default library({
  entry: ["src/index.ts", "src/node.ts", "src/runtime.ts", "src/schema.ts", "src/transport.ts"],
  shared: /[\\/]src[\\/](errors|generated|options|request|response|runtime|streaming|transport|uploads)[\\/]/,
  requiredClass: { name: "ImageVariations", members: ["Images"] },
});
