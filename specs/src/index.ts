export { document } from "./generated/document.ts";
