const assert = require("node:assert/strict");
const OpenAI = require("@image-variations/client");
const { default: Default, OpenAI: Named, toFile, createClient, streamVariation, APIError } = OpenAI;
const { saveVariation } = require("@image-variations/client/node");
const { document } = require("@image-variations/spec");
const { inspectPngSync } = require("@image-variations/validation");
const { toErrorEnvelope } = require("@image-variations/validation/error-envelope");
const { createJsonValidator } = require("@image-variations/validation/json");

const client = new OpenAI({ apiKey: "key" });
assert(client instanceof OpenAI && client instanceof Named);
assert.equal(Default, OpenAI);
const functions = [toFile, createClient, streamVariation, saveVariation, inspectPngSync];
for (const exported of [...functions, toErrorEnvelope, createJsonValidator]) {
  assert.equal(typeof exported, "function");
}
assert.equal(OpenAI.APIError, APIError);
assert.equal(typeof document.info.version, "string");

async function compare() {
  const imported = await import("@image-variations/client");
  console.log(imported.default === OpenAI && imported.APIError === APIError ? "one class" : "two classes");
}

void compare();
