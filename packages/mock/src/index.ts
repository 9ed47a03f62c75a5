export { prismOnDemand, type PrismOnDemand } from "./prism-on-demand.ts";
export { startPrism, type Prism } from "./start-prism.ts";
