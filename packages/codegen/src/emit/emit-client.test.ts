import { describe, expect, it } from "vitest";
import type { JsonObject, OpenAPIDocument } from "../document/openapi-document.ts";
import { methodNames } from "../prepare/operation-names.ts";
import { emitClient } from "./emit-client.ts";

const image = { type: "object", properties: { b64_json: { type: "string" } } };
const images = { type: "object", properties: { data: { type: "array", items: image } } };
const json = (schema: object): object => ({ "application/json": { schema } });
const events = { "text/event-stream": { schema: { type: "string" } } };
const done = { responses: { "204": { description: "Done." } } };
const respondingWith = (content: object): object => ({ responses: { "200": { description: "Fine.", content } } });

function clientOf(paths: object, more: Partial<Parameters<typeof emitClient>[2]> = {}): string {
  const document = { openapi: "3.1.0", info: { title: "Images", version: "1.0.0" }, paths };
  return emitClient(document as unknown as OpenAPIDocument, methodNames(document as unknown as JsonObject), {
    name: "images.yaml",
    command: "npx codegen",
    extension: ".js",
    runtime: "a-runtime",
    ...more,
  });
}

const paths = {
  "/images": {
    get: { ...done, operationId: "list", tags: ["Images"], summary: "Every image. */ And more." },
    post: { ...respondingWith({ ...json(images), ...events }), operationId: "make", tags: ["Images"] },
  },
  "/images/{id}/copies": {
    post: {
      ...respondingWith(json(images)),
      "x-client-method": "images.copies.make",
      operationId: "copy",
      summary: "Copy an image.",
    },
  },
  "/pets": { get: { ...respondingWith(json({ type: "object" })), operationId: "list", tags: ["pets"] } },
  "/log": { get: { ...respondingWith(events), operationId: "log" } },
};

describe("the client of a document", () => {
  it("has its methods in their groups, and those for files and events apart, each with what the document says", () => {
    expect(clientOf(paths)).toMatchSnapshot();
  });

  it("has nothing for files or events if no operation responds with them", () => {
    const { "/pets": pets, "/log": log } = paths;
    expect(clientOf({ "/pets": pets })).not.toMatch(/stream|events/i);
    expect(clientOf({ "/log": log })).not.toMatch(/streams/i);
    expect(clientOf({ "/log": log })).toContain("export function createEvents(");
  });

  it("imports its contract and its types as asked for, and the runtime from where it is", () => {
    const client = clientOf(paths, { extension: ".ts" });
    expect(client).toContain('import { contract } from "./contract.ts";\nimport type { paths } from "./schema.ts";\n');
    expect(client).not.toContain(".js");
  });
});
