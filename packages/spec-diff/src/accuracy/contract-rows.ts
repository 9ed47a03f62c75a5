import type { JsonValue } from "@image-variations/codegen/document";
import type { Level } from "../policy/level.ts";
import type { Edit } from "./change-case.ts";

/** One change outside the schemas, there and back: two changes. */
export interface ContractRow {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly expected: readonly [Level, Level];
  readonly reasons: readonly [string, string];
}

const list = "/paths/~1pets/get";
const add = "/paths/~1pets/post";
const remove = "/paths/~1pets~1{id}/delete";
const ok = { description: "Fine." };
const pets = { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } };
const other = { type: "object", properties: { job: { type: "string" } } };

const total = { required: true, schema: { type: "integer" } };
const totalByName = { $ref: "#/components/headers/Total" };
const withHeader = (name: string): JsonValue => ({ description: "Pets.", headers: { [name]: total } });
const food = "/components/schemas/Pet/properties/food";
const fish = { type: "object", required: ["fish"], properties: { fish: { type: "string" } } };
const failure = {
  description: "Anything else.",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } },
};
const mapped = (schemas: { readonly [value: string]: string }): { readonly [key: string]: JsonValue } => {
  const references = Object.entries(schemas).map(([value, name]) => [value, `#/components/schemas/${name}`] as const);
  return {
    oneOf: references.map(([, $ref]) => ({ $ref })).toSorted((a, b) => (a.$ref < b.$ref ? -1 : 1)),
    discriminator: { propertyName: "kind", mapping: Object.fromEntries(references) },
  };
};

function row(
  name: string,
  edits: Edit | readonly Edit[],
  expected: readonly [Level, Level],
  there: string,
  back: string,
): ContractRow {
  return { name, edits: [edits].flat(), expected, reasons: [there, back] };
}

/** Changes to everything that isn't a schema. */
export const contractRows: readonly ContractRow[] = [
  row(
    "a path",
    { at: "/paths/~1shops", after: { get: { responses: { "200": ok } } } },
    ["minor", "major"],
    "more can be called",
    "callers get an error",
  ),
  row(
    "an operation",
    { at: "/paths/~1pets~1{id}/get", after: { operationId: "getPet", responses: { "200": ok } } },
    ["minor", "major"],
    "more can be called",
    "callers get an error",
  ),
  row(
    "an operation's id",
    { at: `${list}/operationId`, before: "listPets", after: "getPets" },
    ["major", "major"],
    "generated code names the call after it",
    "generated code names the call after it",
  ),
  row(
    "an operation is deprecated",
    { at: `${list}/deprecated`, after: true },
    ["minor", "patch"],
    "tools warn from now on",
    "tools no longer warn",
  ),
  row(
    "a summary",
    { at: `${list}/summary`, before: "List pets", after: "All pets" },
    ["patch", "patch"],
    "only people read it",
    "only people read it",
  ),
  row(
    "a tag",
    { at: `${list}/tags`, after: ["pets"] },
    ["patch", "patch"],
    "only people read it",
    "only people read it",
  ),
  row(
    "a placeholder's name",
    [
      {
        at: "/paths",
        before: {
          "/homes/{id}": {
            get: {
              parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
              responses: { "200": ok },
            },
          },
        },
        after: {
          "/homes/{homeId}": {
            get: {
              parameters: [{ name: "homeId", in: "path", required: true, schema: { type: "string" } }],
              responses: { "200": ok },
            },
          },
        },
      },
    ],
    ["patch", "patch"],
    "the wire does not know the name",
    "the wire does not know the name",
  ),
  // Parameters
  row(
    "an optional parameter",
    { at: `${list}/parameters/3`, after: { name: "page", in: "query", schema: { type: "integer" } } },
    ["minor", "major"],
    "callers may send it",
    "callers that send it are not understood",
  ),
  row(
    "a required parameter",
    { at: `${list}/parameters/3`, after: { name: "page", in: "query", required: true, schema: { type: "integer" } } },
    ["major", "major"],
    "callers must send it",
    "callers that send it are not understood",
  ),
  row(
    "a parameter becomes required",
    { at: `${list}/parameters/0/required`, after: true },
    ["major", "minor"],
    "callers can't leave it out",
    "callers can leave it out",
  ),
  row(
    "a parameter moves",
    { at: `${list}/parameters/0/in`, before: "query", after: "header" },
    ["major", "major"],
    "callers send it to the old place",
    "callers send it to the old place",
  ),
  row(
    "a parameter's maximum",
    { at: `${list}/parameters/0/schema/maximum`, before: 100, after: 50 },
    ["major", "minor"],
    "fewer values are legal",
    "more values are legal",
  ),
  row(
    "a parameter's default",
    { at: `${list}/parameters/0/schema/default`, before: 20, after: 10 },
    ["major", "major"],
    "who leaves it out gets something else",
    "who leaves it out gets something else",
  ),
  row(
    "a parameter's enum",
    { at: `${list}/parameters/1/schema/enum`, before: ["name"], after: ["name", "age"] },
    ["minor", "major"],
    "more values are legal",
    "fewer values are legal",
  ),
  row(
    "how a list is written",
    { at: `${list}/parameters/2/explode`, after: false },
    ["major", "major"],
    "the server reads another list",
    "the server reads another list",
  ),
  row(
    "a parameter of the whole path",
    { at: "/paths/~1pets/parameters/0/required", after: true },
    ["major", "minor"],
    "callers can't leave it out",
    "callers can leave it out",
  ),
  row(
    "a parameter moves to the path",
    [
      {
        at: "/paths/~1pets~1{id}/parameters",
        before: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      },
      { at: `${remove}/parameters`, after: [{ name: "id", in: "path", required: true, schema: { type: "string" } }] },
    ],
    ["none", "none"],
    "the same is sent",
    "the same is sent",
  ),
  row(
    "a header's case",
    { at: "/paths/~1pets/parameters/0/name", before: "trace", after: "Trace" },
    ["none", "none"],
    "headers have no case",
    "headers have no case",
  ),
  // Bodies
  row(
    "an optional body",
    { at: `${remove}/requestBody`, after: { content: { "application/json": { schema: { type: "object" } } } } },
    ["minor", "major"],
    "callers may send it",
    "callers that send it are not understood",
  ),
  row(
    "a required body",
    {
      at: `${remove}/requestBody`,
      after: { required: true, content: { "application/json": { schema: { type: "object" } } } },
    },
    ["major", "major"],
    "callers must send it",
    "callers that send it are not understood",
  ),
  row(
    "a body may be left out",
    { at: `${add}/requestBody/required`, before: true, after: false },
    ["minor", "major"],
    "callers can leave it out",
    "callers can't leave it out",
  ),
  row(
    "a type of body",
    { at: `${add}/requestBody/content/application~1xml`, after: { schema: { type: "string" } } },
    ["minor", "major"],
    "callers may send it",
    "callers that send it are rejected",
  ),
  row(
    "a character set",
    [
      {
        at: `${add}/requestBody/content`,
        before: pets,
        after: { "application/json; charset=utf-8": pets["application/json"] },
      },
    ],
    ["none", "none"],
    "it is the same type",
    "it is the same type",
  ),
  row(
    "the type of a part",
    {
      at: `${add}/requestBody/content/multipart~1form-data/encoding/image/contentType`,
      before: "image/png",
      after: "image/png, image/jpeg",
    },
    ["minor", "major"],
    "more parts are legal",
    "fewer parts are legal",
  ),
  // Responses
  row(
    "an error",
    { at: `${list}/responses/500`, after: ok },
    ["minor", "minor"],
    "callers handle errors that they do not know",
    "an error does not come",
  ),
  row(
    "a success with a new body",
    {
      at: `${list}/responses/202`,
      after: { description: "Later.", content: { "application/json": { schema: other } } },
    },
    ["major", "major"],
    "callers get a body that they do not know",
    "callers wait for it",
  ),
  row(
    "a success with a known body",
    { at: `${add}/responses/200`, after: { description: "There already.", content: pets } },
    ["minor", "major"],
    "callers know the body",
    "callers wait for it",
  ),
  row(
    "a type of response",
    { at: `${list}/responses/200/content/application~1xml`, after: { schema: { type: "string" } } },
    ["minor", "major"],
    "callers may ask for it",
    "callers that ask for it do not get it",
  ),
  row(
    "a response's header",
    { at: `${list}/responses/200/headers/x-next`, after: { schema: { type: "string" } } },
    ["minor", "major"],
    "callers may pass it over",
    "callers that read it find it gone",
  ),
  row(
    "a header comes always",
    { at: `${list}/responses/200/headers/x-page/required`, after: true },
    ["minor", "major"],
    "more is promised",
    "less is promised",
  ),
  row(
    "a header's type",
    { at: `${list}/responses/200/headers/x-total/schema/type`, before: "integer", after: "string" },
    ["major", "major"],
    "callers read another value",
    "callers read another value",
  ),
  row(
    "a response's description",
    { at: `${list}/responses/200/description`, before: "Pets.", after: "All pets." },
    ["patch", "patch"],
    "only people read it",
    "only people read it",
  ),
  // Who may call, and where
  row(
    "another way in",
    { at: "/security", before: [{ key: [] }], after: [{ key: [] }, { login: ["read"] }] },
    ["minor", "major"],
    "callers have a choice",
    "callers that chose it are rejected",
  ),
  row(
    "two credentials at once",
    { at: "/security", before: [{ key: [] }], after: [{ key: [], login: ["read"] }] },
    ["major", "minor"],
    "callers with one are rejected",
    "callers need only one",
  ),
  row(
    "no credentials",
    { at: `${list}/security`, after: [] },
    ["minor", "major"],
    "callers need none",
    "callers without are rejected",
  ),
  row(
    "optional credentials",
    { at: "/security", before: [{ key: [] }], after: [{}, { key: [] }] },
    ["minor", "major"],
    "callers need none",
    "callers without are rejected",
  ),
  row(
    "one more scope",
    { at: `${add}/security`, before: [{ login: ["write"] }], after: [{ login: ["read", "write"] }] },
    ["major", "minor"],
    "callers with the old scopes are rejected",
    "callers need fewer scopes",
  ),
  row(
    "the key's header",
    { at: "/components/securitySchemes/key/name", before: "x-key", after: "x-api-key" },
    ["major", "major"],
    "callers send it to the old place",
    "callers send it to the old place",
  ),
  row(
    "where tokens come from",
    {
      at: "/components/securitySchemes/login/flows/clientCredentials/tokenUrl",
      before: "https://pets.example.com/token",
      after: "https://login.example.com/token",
    },
    ["major", "major"],
    "callers ask the old place",
    "callers ask the old place",
  ),
  row(
    "a server",
    {
      at: "/servers",
      before: [{ url: "https://pets.example.com/v1" }],
      after: [{ url: "https://pets.example.com/v1" }, { url: "https://eu.example.com/v1" }],
    },
    ["minor", "major"],
    "callers have a choice",
    "callers that chose it get no response",
  ),
  row(
    "the first server",
    {
      at: "/servers",
      before: [{ url: "https://a.example.com" }, { url: "https://b.example.com" }],
      after: [{ url: "https://b.example.com" }, { url: "https://a.example.com" }],
    },
    ["major", "major"],
    "generated clients call the first",
    "generated clients call the first",
  ),
  row(
    "a server's slash",
    {
      at: "/servers",
      before: [{ url: "https://pets.example.com/v1" }],
      after: [{ url: "https://pets.example.com/v1/" }],
    },
    ["none", "none"],
    "it is the same server",
    "it is the same server",
  ),
  // The document
  row(
    "its version",
    { at: "/info/version", before: "1.0.0", after: "1.1.0" },
    ["none", "none"],
    "it says nothing about calls",
    "it says nothing about calls",
  ),
  row(
    "its description",
    { at: "/info/description", before: "Pets.", after: "Pets and homes." },
    ["patch", "patch"],
    "only people read it",
    "only people read it",
  ),
  row(
    "its extension",
    { at: "/x-team", after: "pets" },
    ["none", "none"],
    "it is outside the contract",
    "it is outside the contract",
  ),
  row(
    "a schema that nothing refers to",
    { at: "/components/schemas/Unused", after: { type: "string" } },
    ["none", "none"],
    "no call knows it",
    "no call knows it",
  ),
  // Names that the wire does not tell apart, and places that are another way to the same
  row(
    "a response header in other letters",
    { at: `${list}/responses/200/headers`, before: { "x-total": total }, after: { "X-Total": total } },
    ["none", "none"],
    "names of headers have no case",
    "names of headers have no case",
  ),
  row(
    "a response header by reference, in other letters",
    [
      { at: "/components/headers", before: { Total: total }, after: { Total: total } },
      { at: `${list}/responses/200/headers`, before: { "X-Total": totalByName }, after: { "x-total": totalByName } },
    ],
    ["none", "none"],
    "names of headers have no case",
    "names of headers have no case",
  ),
  row(
    "a header of a shared response, in other letters",
    [
      { at: "/components/responses", before: { R: withHeader("X-Total") }, after: { R: withHeader("x-total") } },
      {
        at: `${list}/responses/200`,
        before: { $ref: "#/components/responses/R" },
        after: { $ref: "#/components/responses/R" },
      },
    ],
    ["none", "none"],
    "names of headers have no case",
    "names of headers have no case",
  ),
  row(
    "a header parameter in other letters",
    { at: "/paths/~1pets/parameters/0/name", before: "trace", after: "Trace" },
    ["none", "none"],
    "names of headers have no case",
    "names of headers have no case",
  ),
  row(
    "a schema of a discriminator's mapping is renamed",
    [
      { at: food, before: mapped({ f: "Fish", h: "Hay" }), after: mapped({ f: "Trout", h: "Hay" }) },
      { at: "/components/schemas/Trout", after: fish },
    ],
    ["none", "none"],
    "the value stands for the same",
    "the value stands for the same",
  ),
  row(
    "a schema of a discriminator's mapping is renamed, and loses a property",
    [
      { at: food, before: mapped({ f: "Fish", h: "Hay" }), after: mapped({ f: "Trout", h: "Hay" }) },
      { at: "/components/schemas/Trout", after: { ...fish, required: [], properties: {} } },
    ],
    ["major", "minor"],
    "callers that read it find it gone",
    "there is one more to read",
  ),
  row(
    "the values of a discriminator change places",
    { at: food, before: mapped({ f: "Fish", h: "Hay" }), after: mapped({ f: "Hay", h: "Fish" }) },
    ["major", "major"],
    "the value stands for another schema",
    "the value stands for another schema",
  ),
  row(
    "a mapping by name or by reference",
    {
      at: `${food}`,
      before: mapped({ f: "Fish", h: "Hay" }),
      after: {
        ...mapped({ f: "Fish", h: "Hay" }),
        discriminator: { propertyName: "kind", mapping: { f: "Fish", h: "Hay" } },
      },
    },
    ["none", "none"],
    "it is the same schema",
    "it is the same schema",
  ),
  row(
    "a reference by anchor",
    [
      { at: "/components/schemas/Fish/$anchor", before: "fish", after: "fish" },
      { at: food, before: { $ref: "#/components/schemas/Fish" }, after: { $ref: "#fish" } },
    ],
    ["none", "none"],
    "it leads to the same schema",
    "it leads to the same schema",
  ),
  row(
    "what an anchor leads to",
    [
      { at: food, before: { $ref: "#food" }, after: { $ref: "#food" } },
      { at: "/components/schemas/Fish/$anchor", before: "food", after: "meal" },
      { at: "/components/schemas/Hay/$anchor", before: "meal", after: "food" },
    ],
    ["major", "major"],
    "it leads to another schema",
    "it leads to another schema",
  ),
  row(
    "the schema of the default response",
    [
      { at: `${list}/responses/default`, before: failure, after: failure },
      { at: "/components/schemas/Failure/properties/message/type", before: "string", after: "integer" },
    ],
    ["major", "major"],
    "callers read another type",
    "callers read another type",
  ),
];
