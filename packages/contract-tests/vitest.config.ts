import { suite } from "../../vitest.base.ts";

const everyServer = "src/every-server/**/*.test.ts";
const ourServer = "src/our-server/**/*.test.ts";

const shared = suite("contract", {
  isolate: false, // no file leaves anything behind in a module
  server: { deps: { external: [/changed-spec-/] } }, // Node itself runs the packages that are made of changed specs
}).test;

const mock = {
  extends: false as const,
  test: {
    ...shared,
    name: "mock",
    exclude: [ourServer],
    globalSetup: "src/target/start-target.ts",
    typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.test-d.json" },
  },
};
const server = {
  extends: false as const,
  test: {
    ...shared,
    name: "our-server",
    include: [everyServer, ourServer],
    globalSetup: "src/our-server/start-server.ts",
  },
};

export default suite("contract", {
  // A server that is named is the only one to be tested.
  projects: process.env["CONTRACT_TARGET"] ? [mock] : [mock, server],
});
