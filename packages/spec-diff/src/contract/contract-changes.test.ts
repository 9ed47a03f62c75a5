import { describe, expect, it } from "vitest";
import { diffSpecs, parseSource, type Level } from "../index.ts";

type Part = Readonly<Record<string, unknown>>;

const text = { schema: { type: "string" } };
const json = { "application/json": { schema: { type: "object", properties: { name: { type: "string" } } } } };
const fine = { description: "Fine.", content: json };

/** A document of one operation, and whatever else is said in it. */
function documentOf(operation: Part, rest: Part = {}): string {
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Pets", version: "1.0.0" },
    paths: { "/pets/{id}": { post: { responses: { "200": fine }, ...operation } } },
    ...rest,
  });
}

/** The level by schema of a change, and every line that is told of it. */
async function changeOf(before: string, after: string): Promise<{ level: Level; told: string[] }> {
  const [base, head] = [parseSource(before, "before.json", "base"), parseSource(after, "after.json", "head")];
  const { opinions, changes } = await diffSpecs(base, head);
  const told = changes
    .filter(({ opinion }) => opinion === "schema")
    .map(
      ({ level, rule, direction, document, pointer, reason, operations }) =>
        `${level} ${rule}, ${direction} at ${document} ${pointer || "/"}: ${reason} ${JSON.stringify(operations)}`,
    );
  return { level: opinions.schema, told };
}

type Row = readonly [what: string, before: string, after: string, there: Level, back: Level];

/** A change of the operation alone. */
const row = (what: string, before: Part, after: Part, there: Level, back: Level): Row => [
  what,
  documentOf(before),
  documentOf(after),
  there,
  back,
];

const parameter = (more: Part): Part => ({ parameters: [{ name: "q", in: "query", ...text, ...more }] });
const body = (content: Part, more: Part = { required: true }): Part => ({ requestBody: { content, ...more } });
const form = (encoding: Part): Part =>
  body({ "multipart/form-data": { schema: { type: "object", properties: { a: { type: "string" } } }, encoding } });
const response = (content: Part): Part => ({ responses: { "200": { description: "Fine.", content } } });
const responses = (all: Part): Part => ({ responses: all });
const withHeaders = (headers: Part): Part => responses({ "200": { ...fine, headers } });
const any = { "*/*": text };

const parameters: readonly Row[] = [
  row("a parameter", {}, parameter({}), "minor", "major"),
  row("a required parameter", {}, parameter({ required: true }), "major", "major"),
  row("a parameter that has to be sent", parameter({}), parameter({ required: true }), "major", "minor"),
  row("a parameter in another place", parameter({}), parameter({ in: "cookie" }), "major", "major"),
  row("a parameter in another case", parameter({}), parameter({ name: "Q" }), "major", "major"),
  row("a header in another case", parameter({ in: "header" }), parameter({ in: "header", name: "Q" }), "none", "none"),
  ...["Accept", "content-type", "Authorization"].map((name) =>
    row(
      `the header ${name}, which is described elsewhere`,
      {},
      parameter({ in: "header", name, required: true }),
      "none",
      "none",
    ),
  ),
  row("a query parameter with a name that is ignored in headers", {}, parameter({ name: "accept" }), "minor", "major"),
  row(
    "a placeholder that is said not to be required",
    parameter({ name: "id", in: "path", required: true }),
    parameter({ name: "id", in: "path" }),
    "none",
    "none",
  ),
  row(
    "the usual style of a query",
    parameter({}),
    parameter({ style: "form", explode: true, allowReserved: false }),
    "none",
    "none",
  ),
  row(
    "the usual style of a cookie",
    parameter({ in: "cookie" }),
    parameter({ in: "cookie", style: "form", explode: true }),
    "none",
    "none",
  ),
  row(
    "the usual style of a header",
    parameter({ in: "header" }),
    parameter({ in: "header", style: "simple", explode: false }),
    "none",
    "none",
  ),
  row("another style", parameter({}), parameter({ style: "spaceDelimited" }), "major", "major"),
  row("lists that are not exploded", parameter({}), parameter({ explode: false }), "major", "major"),
  row("reserved characters", parameter({}), parameter({ allowReserved: true }), "major", "major"),
  row("a schema of a parameter without one", parameter({ schema: undefined }), parameter({}), "major", "minor"),
  row(
    "a parameter as JSON",
    parameter({ schema: undefined, content: json }),
    parameter({ schema: undefined, content: { "application/json": text } }),
    "major",
    "major",
  ),
];

const bodies: readonly Row[] = [
  row("a body", {}, body(json, {}), "minor", "major"),
  row("a body that has to be sent", {}, body(json), "major", "major"),
  row("a body that becomes required", body(json, {}), body(json), "major", "minor"),
  row("another media type", body(json), body({ ...json, "text/plain": text }), "minor", "major"),
  row(
    "a media type in another case, with a character set",
    body({ "text/plain": text }),
    body({ "Text/Plain; charset=utf-8": text }),
    "none",
    "none",
  ),
  row(
    "a media type with another parameter",
    body({ "text/plain": text }),
    body({ "text/plain; version=2": text }),
    "major",
    "major",
  ),
  row("any media type", body({ "text/plain": text }), body(any), "minor", "major"),
  row(
    "any body that is told in full",
    body(any),
    body({ "text/plain": text, "application/json": text }),
    "major",
    "minor",
  ),
  row("any text", body({ "text/plain": text }), body({ "text/*": text }), "minor", "major"),
  row(
    "a range that the media type is not in",
    body({ "text/plain": text }),
    body({ "image/*": text }),
    "major",
    "major",
  ),
  row("the type of a part", form({}), form({ a: { contentType: "image/png" } }), "major", "minor"),
  row(
    "another type of a part",
    form({ a: { contentType: "image/png" } }),
    form({ a: { contentType: "image/png, image/jpeg" } }),
    "minor",
    "major",
  ),
  row(
    "the types of a part in another order",
    form({ a: { contentType: "image/png, image/jpeg" } }),
    form({ a: { contentType: "IMAGE/JPEG,image/png" } }),
    "none",
    "none",
  ),
  ...["style", "explode", "allowReserved"].map((keyword) =>
    row(
      `another ${keyword} of a part`,
      form({}),
      form({ a: { [keyword]: keyword === "style" ? "form" : true } }),
      "major",
      "major",
    ),
  ),
];

const received: readonly Row[] = [
  row("another media type of a response", response(json), response({ ...json, "text/plain": text }), "minor", "major"),
  row(
    "a response of any type that is told in full",
    response(any),
    response({ "text/plain": text, "application/json": text }),
    "none",
    "minor",
  ),
  row("a status", responses({ "200": fine }), responses({ "200": fine, "404": fine }), "minor", "minor"),
  row(
    "a success like another one",
    responses({ "200": fine }),
    responses({ "200": fine, "201": fine }),
    "minor",
    "major",
  ),
  row(
    "a success with another body",
    responses({ "200": fine }),
    responses({ "200": fine, "201": { description: "Made.", content: { "application/json": text } } }),
    "major",
    "major",
  ),
  row(
    "a success of another type",
    responses({ "200": fine }),
    responses({ "200": fine, "201": { description: "Made.", content: { "text/plain": text } } }),
    "major",
    "major",
  ),
  row(
    "a success of which one type is like another one's",
    responses({ "200": fine }),
    responses({ "200": fine, "201": { description: "Made.", content: { ...json, "text/plain": text } } }),
    "major",
    "major",
  ),
  row(
    "a success without a body",
    responses({ "200": fine }),
    responses({ "200": fine, "204": { description: "Gone." } }),
    "major",
    "major",
  ),
  row(
    "a second success without a body",
    responses({ "204": { description: "Gone." } }),
    responses({ "204": { description: "Gone." }, "205": { description: "Reset." } }),
    "minor",
    "major",
  ),
  row("a range of successes in another case", responses({ "2xx": fine }), responses({ "2XX": fine }), "none", "none"),
  row(
    "a success that its range stands for",
    responses({ "200": fine, "2XX": fine }),
    responses({ "2XX": fine }),
    "none",
    "minor",
  ),
  row(
    "a success that the default stands for",
    responses({ "200": fine, default: fine }),
    responses({ default: fine }),
    "none",
    "minor",
  ),
  row("no default", responses({ "200": fine, default: fine }), responses({ "200": fine }), "minor", "minor"),
  row(
    "an extension among the responses",
    responses({ "200": fine }),
    responses({ "200": fine, "x-note": "new" }),
    "none",
    "none",
  ),
  row("a header", withHeaders({}), withHeaders({ Total: text }), "minor", "major"),
  row(
    "a header of the response in another case",
    withHeaders({ Total: text }),
    withHeaders({ TOTAL: text }),
    "none",
    "none",
  ),
  row(
    "the content type, which the media types say",
    withHeaders({}),
    withHeaders({ "Content-Type": text }),
    "none",
    "none",
  ),
  row(
    "another type of a header",
    withHeaders({ Total: text }),
    withHeaders({ Total: { schema: { type: "integer" } } }),
    "major",
    "major",
  ),
  row("the type of a header without one", withHeaders({ Total: {} }), withHeaders({ Total: text }), "minor", "major"),
  row(
    "a success whose body has no schema",
    response({ "text/plain": {} }),
    responses({
      "200": { description: "Fine.", content: { "text/plain": {} } },
      "201": { description: "Made.", content: { "text/plain": text } },
    }),
    "minor",
    "major",
  ),
  row(
    "a header as JSON",
    withHeaders({ Total: { content: json } }),
    withHeaders({ Total: { content: { "application/json": text } } }),
    "major",
    "major",
  ),
];

const secured = (security: unknown, schemes: Part = securitySchemes, own: Part = {}): string =>
  documentOf(own, { security, components: { securitySchemes: schemes } });
const securitySchemes = {
  key: { type: "apiKey", in: "header", name: "X-Key" },
  query: { type: "apiKey", in: "query", name: "key" },
  bearer: { type: "http", scheme: "bearer" },
  login: {
    type: "oauth2",
    flows: { clientCredentials: { tokenUrl: "https://example.com/token", scopes: { read: "Read.", write: "Write." } } },
  },
};
const moved = (change: (login: { flows: Record<string, Record<string, unknown>> }) => void): Part => {
  const schemes = structuredClone(securitySchemes);
  change(schemes.login as never);
  return schemes;
};
const login = [{ login: ["read"] }];

const security: readonly Row[] = [
  ["a credential", secured([]), secured([{ key: [] }]), "major", "minor"],
  [
    "a second credential beside the first",
    secured([{ key: [] }]),
    secured([{ key: [], bearer: [] }]),
    "major",
    "minor",
  ],
  [
    "credentials of a document that said nothing of them",
    documentOf({}, { components: { securitySchemes } }),
    secured([{ key: [] }]),
    "major",
    "minor",
  ],
  [
    "credentials of an operation in such a document",
    documentOf({}, { components: { securitySchemes } }),
    documentOf({ security: [{ key: [] }] }, { components: { securitySchemes } }),
    "major",
    "minor",
  ],
  ["a second way", secured([{ key: [] }]), secured([{ key: [] }, { bearer: [] }]), "minor", "major"],
  ["credentials that may be left out", secured([{ key: [] }]), secured([{ key: [] }, {}]), "minor", "major"],
  ["another scope", secured(login), secured([{ login: ["read", "write"] }]), "major", "minor"],
  [
    "scopes in another order",
    secured([{ login: ["read", "write"] }]),
    secured([{ login: ["write", "read"] }]),
    "none",
    "none",
  ],
  ["another key", secured([{ key: [] }]), secured([{ query: [] }]), "major", "major"],
  ["a scheme that is not described", secured([{ one: [] }]), secured([{ two: [] }]), "major", "major"],
  [
    "a key's header in another case",
    secured([{ key: [] }]),
    secured([{ key: [] }], { ...securitySchemes, key: { ...securitySchemes.key, name: "x-key" } }),
    "none",
    "none",
  ],
  [
    "a key's query parameter in another case",
    secured([{ query: [] }]),
    secured([{ query: [] }], { ...securitySchemes, query: { ...securitySchemes.query, name: "KEY" } }),
    "major",
    "major",
  ],
  [
    "an authentication in another case",
    secured([{ bearer: [] }]),
    secured([{ bearer: [] }], { ...securitySchemes, bearer: { type: "http", scheme: "Bearer" } }),
    "none",
    "none",
  ],
  [
    "a scheme of another name",
    secured([{ bearer: [] }]),
    secured([{ token: [] }], { ...securitySchemes, token: securitySchemes.bearer }),
    "none",
    "none",
  ],
  [
    "the document's credentials, said by the operation",
    secured([{ key: [] }]),
    secured([{ key: [] }], securitySchemes, { security: [{ key: [] }] }),
    "none",
    "none",
  ],
  [
    "an operation without the document's credentials",
    secured([{ key: [] }]),
    secured([{ key: [] }], securitySchemes, { security: [] }),
    "minor",
    "major",
  ],
  [
    "another address of tokens",
    secured(login),
    secured(
      login,
      moved(({ flows }) => (flows["clientCredentials"]!["tokenUrl"] = "https://example.com/other")),
    ),
    "major",
    "major",
  ],
  [
    "an address of tokens to refresh",
    secured(login),
    secured(
      login,
      moved(({ flows }) => (flows["clientCredentials"]!["refreshUrl"] = "https://example.com/again")),
    ),
    "none",
    "major",
  ],
  ...["authorizationUrl", "tokenUrl", "refreshUrl", "openIdConnectUrl", "deviceAuthorizationUrl"].map(
    (keyword): Row => {
      const at = (place: string): string => secured(login, { login: { type: "openIdConnect", [keyword]: place } });
      return [`another ${keyword}`, at("https://example.com/a"), at("https://example.com/b"), "major", "major"];
    },
  ),
  [
    "another flow",
    secured(login),
    secured(
      login,
      moved(({ flows }) => (flows["password"] = flows["clientCredentials"]!)),
    ),
    "none",
    "major",
  ],
];

const hosts = (...urls: readonly string[]): unknown[] => urls.map((url) => ({ url }));
const served = (servers: unknown, own: Part = {}): string => documentOf(own, { servers });

const only = (items: Part): string => JSON.stringify({ openapi: "3.1.0", info: {}, paths: items });
const get = { get: { responses: {} } };

const paths: readonly Row[] = [
  [
    "one of two paths that differ in a name alone",
    only({ "/pets/{a}": get, "/pets/{b}": get }),
    only({ "/pets/{b}": get }),
    "major",
    "minor",
  ],
  ["a path with several methods", only({}), only({ "/pets": { ...get, put: { responses: {} } } }), "minor", "major"],
  [
    "the second of two names in a path",
    only({ "/pets/{a}/toys/{b}": get }),
    only({ "/pets/{a}/toys/{c}": get }),
    "patch",
    "patch",
  ],
  [
    "what a path says of itself",
    JSON.stringify({ openapi: "3.1.0", info: {}, paths: { "/pets": { get: { responses: {} } } } }),
    JSON.stringify({ openapi: "3.1.0", info: {}, paths: { "/pets": { summary: "Pets.", get: { responses: {} } } } }),
    "patch",
    "patch",
  ],
  [
    "another method",
    JSON.stringify({ openapi: "3.1.0", info: {}, paths: { "/pets": { get: { responses: {} } } } }),
    JSON.stringify({
      openapi: "3.1.0",
      info: {},
      paths: { "/pets": { get: { responses: {} }, put: { responses: {} } } },
    }),
    "minor",
    "major",
  ],
  [
    "another path, and an extension among the paths",
    JSON.stringify({ openapi: "3.1.0", info: {}, paths: { "/pets": { get: { responses: {} } } } }),
    JSON.stringify({
      openapi: "3.1.0",
      info: {},
      paths: {
        "x-note": { get: { responses: {} } },
        "/pets": { get: { responses: {} } },
        "/pets/{id}": { get: { responses: {} } },
      },
    }),
    "minor",
    "major",
  ],
];

const servers: readonly Row[] = [
  ["the first servers", documentOf({}), served(hosts("https://a.example")), "minor", "major"],
  ["another server than the root", served(hosts("/")), served(hosts("https://a.example")), "major", "major"],
  [
    "the first of two servers",
    served(hosts("https://a.example", "https://b.example")),
    served(hosts("https://b.example")),
    "major",
    "major",
  ],
  [
    "a server of the path",
    served(hosts("https://a.example")),
    JSON.stringify({
      ...(JSON.parse(served(hosts("https://a.example"))) as Part),
      paths: { "/pets/{id}": { post: { responses: { "200": fine } }, servers: hosts("https://b.example") } },
    }),
    "major",
    "major",
  ],
  [
    "a server",
    served(hosts("https://a.example")),
    served(hosts("https://a.example", "https://b.example")),
    "minor",
    "major",
  ],
  [
    "a slash at the end of a server",
    served(hosts("https://a.example/v1")),
    served(hosts("https://a.example/v1/")),
    "none",
    "none",
  ],
  ["a server at the root", served(hosts("/")), served(hosts("/")), "none", "none"],
  [
    "another first server",
    served(hosts("https://a.example", "https://b.example")),
    served(hosts("https://b.example", "https://a.example")),
    "major",
    "major",
  ],
  [
    "a server of the operation",
    served(hosts("https://a.example")),
    served(hosts("https://a.example"), { servers: hosts("https://b.example") }),
    "major",
    "major",
  ],
  [
    "the document's server, said by the operation",
    served(hosts("https://a.example")),
    served(hosts("https://a.example"), { servers: hosts("https://a.example") }),
    "none",
    "none",
  ],
];

const called = (callback: Part): Part => ({ callbacks: { done: { "{$request.query.url}": { post: callback } } } });
const hooked = (operation: Part, more: Part = {}): string =>
  documentOf({}, { webhooks: { done: { post: operation, ...more } } });
const shared = { callbacks: { done: { $ref: "#/components/callbacks/done" } } };
const onceSent = { requestBody: { content: json, required: true }, responses: { "200": { description: "Fine." } } };
const twiceSent = {
  ...onceSent,
  requestBody: {
    ...onceSent.requestBody,
    content: {
      "application/json": { schema: { type: "object", properties: { name: { type: "string", maxLength: 9 } } } },
    },
  },
};

const inbound: readonly Row[] = [
  ["a narrower body that a webhook sends", hooked(onceSent), hooked(twiceSent), "minor", "major"],
  row("a narrower body that a callback sends", called(onceSent), called(twiceSent), "minor", "major"),
  ["a webhook", documentOf({}), hooked(onceSent), "minor", "major"],
  row("a callback", {}, called(onceSent), "minor", "major"),
  [
    "a narrower body that a shared callback sends",
    documentOf(shared, { components: { callbacks: called(onceSent).callbacks } }),
    documentOf(shared, { components: { callbacks: called(twiceSent).callbacks } }),
    "minor",
    "major",
  ],
  ["a webhook of which a method is gone", hooked(onceSent, { put: onceSent }), hooked(onceSent), "major", "minor"],
];

/** A document in which words stand at every place that may have them, or stand nowhere. */
const told = (words: Part): Readonly<Record<string, string>> => ({
  "the document": documentOf({}, words),
  "the document's title": documentOf({}, { info: { title: "Pets", version: "1.0.0", ...words } }),
  "a security scheme": secured([{ key: [] }], { ...securitySchemes, key: { ...securitySchemes.key, ...words } }),
  "a path": only({ "/pets": { ...get, ...words } }),
  "an operation": documentOf(words),
  "a parameter": documentOf(parameter(words)),
  "a body": documentOf(body(json, words)),
  "a media type": documentOf(body({ "application/json": { ...json["application/json"], ...words } })),
  "a response": documentOf(responses({ "200": { ...fine, ...words } })),
  "a header": documentOf(withHeaders({ Total: { ...text, ...words } })),
});

const words: readonly Row[] = Object.keys(told({})).flatMap((place): Row[] => {
  const said = (keyword: string, before: Part, after: Part, level: Level): Row => [
    `${keyword} of ${place}`,
    told(before)[place]!,
    told(after)[place]!,
    level,
    level,
  ];
  return [
    said("the description", { description: "Old." }, { description: "New." }, "patch"),
    said("an extension", {}, { "x-note": "New." }, "none"),
  ];
});

describe.each([
  { about: "a parameter", rows: parameters },
  { about: "a body", rows: bodies },
  { about: "a response", rows: received },
  { about: "credentials", rows: security },
  { about: "paths", rows: paths },
  { about: "servers", rows: servers },
  { about: "what is sent to callers", rows: inbound },
  { about: "words", rows: words },
])("a change of $about is told with its level, there and back:", ({ rows }) => {
  it.each(rows)("%s", async (_, before, after, there, back) => {
    const [forth, reverse] = [await changeOf(before, after), await changeOf(after, before)];
    expect({ forth, reverse }).toMatchObject({ forth: { level: there }, reverse: { level: back } });
    // A new sentence or place shows in the diff of the snapshot; `vitest -u` accepts it.
    expect({ there: forth.told, back: reverse.told }).toMatchSnapshot();
  });
});
