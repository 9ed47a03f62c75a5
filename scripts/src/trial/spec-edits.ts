import {
  addEntry,
  parameterPath,
  removeEntry,
  replaceValue,
  requestPath,
  responsePath,
  schemaAt,
  valueAt,
  type SpecPath,
} from "@image-variations/spec-diff/repository";

/** An edit of the spec that someone may make, after which the whole suite has to pass with no other edit. */
export interface SpecEdit {
  /** What `--edit` calls it. */
  readonly name: string;
  readonly what: string;
  readonly apply: (text: string) => string;
}

const bodyPath = [...responsePath, "content", "application/json", "schema"];

/** The edits that `pnpm spec:trial` knows, those of every run first. */
export const specEdits: readonly SpecEdit[] = [
  {
    name: "maximum-lowered",
    what: "n: a lower maximum, 4 for 10",
    apply: (text) => replaceValue(text, parameterPath(text, "n", "maximum"), String(Math.ceil(0.4 * maximumOf(text)))),
  },
  {
    name: "number-added",
    what: "a new optional strength: number",
    apply: (text) =>
      addParameter(text, [
        "strength:",
        "  type: number",
        "  description: How far the images may be from the one that is sent.",
        "  minimum: 0",
        "  maximum: 1",
      ]),
  },
  {
    name: "integer-added",
    what: "a new optional integer seed",
    apply: (text) =>
      addParameter(text, [
        "seed:",
        '  type: [integer, "null"]',
        "  description: The same seed makes the same images.",
        "  minimum: 0",
      ]),
  },
  {
    name: "size-removed",
    what: "size: one that is not the default is removed",
    apply: (text) => {
      const size = valueAt(text, parameterPath(text, "size", "default"));
      return editList(text, parameterPath(text, "size", "enum"), (sizes) => {
        const removed = sizes.find((one) => one !== size);
        return sizes.filter((one) => one !== removed);
      });
    },
  },
  { name: "operation-added", what: "POST /images/edits, as CONTRIBUTING.md shows", apply: addImageEdits },
  {
    name: "schema-renamed",
    what: "the schema of the response is renamed",
    apply: (text) => {
      const name = String(schemaAt(text, bodyPath).at(-1));
      return text.replaceAll(new RegExp(`\\b${name}\\b`, "g"), "Variations");
    },
  },
  {
    name: "request-schema-renamed",
    what: "the schema of the parameters is renamed",
    apply: (text) => {
      const name = String(schemaAt(text, requestPath).at(-1));
      return text.replaceAll(new RegExp(`\\b${name}\\b`, "g"), "VariationRequest");
    },
  },
  {
    name: "maximum-raised",
    what: "n: a higher maximum, 16 for 10",
    apply: (text) => replaceValue(text, parameterPath(text, "n", "maximum"), String(maximumOf(text) + 6)),
  },
  {
    name: "size-added",
    what: "size: 2048x2048 is added",
    apply: (text) => editList(text, parameterPath(text, "size", "enum"), (sizes) => ["2048x2048", ...sizes]),
  },
  {
    name: "default-changed",
    what: "size: another default",
    apply: (text) => {
      const [smallest] = valueAt(text, parameterPath(text, "size", "enum")) as string[];
      return replaceValue(text, parameterPath(text, "size", "default"), String(smallest));
    },
  },
  {
    name: "format-added",
    what: "response_format: a third value",
    apply: (text) =>
      editList(text, parameterPath(text, "response_format", "enum"), (formats) => ["binary", ...formats]),
  },
  {
    name: "parameter-removed",
    what: "user is removed",
    apply: (text) => removeParameter(text, "user"),
  },
  {
    name: "image-limit-raised",
    what: "image: 4 MiB → 8 MiB",
    apply: (text) => {
      const limits = parameterPath(text, "image", "x-image-limits");
      const raised = replaceValue(text, [...limits, "exclusiveMaximumBytes"], String(8 * 2 ** 20));
      return replaceValue(raised, [...limits, "warningFromBytes"], "8000000");
    },
  },
  {
    name: "models-changed",
    what: "another list of models",
    apply: (text) => {
      const model = parameterPath(text, "model", "anyOf");
      const branches = valueAt(text, model) as readonly { readonly $ref?: string }[];
      const index = branches.findIndex(({ $ref }) => $ref !== undefined);
      return editList(text, [...schemaAt(text, [...model, index]), "enum"], (models) => [...models, "otter-1"]);
    },
  },
  {
    name: "description-changed",
    what: "another description",
    apply: (text) => replaceValue(text, parameterPath(text, "n", "description"), "The number of images."),
  },
  {
    name: "header-added",
    what: "the response has one more header",
    apply: (text) =>
      addEntry(
        text,
        [...responsePath, "headers"],
        [
          "openai-processing-ms:",
          "  description: How long the server took, in milliseconds.",
          "  schema:",
          "    type: integer",
          "  example: 812",
        ],
      ),
  },
  {
    name: "property-added",
    what: "the response has one more property",
    apply: (text) =>
      addEntry(
        text,
        [...schemaAt(text, bodyPath), "properties"],
        ["seed:", "  type: integer", "  description: The seed that made the images."],
      ),
  },
  {
    name: "error-message-changed",
    what: "an example of an error has other words",
    apply: (text) => {
      const path = ["components", "responses", "TooManyRequests", "content", "application/json", "examples"];
      const [name] = Object.keys(valueAt(text, path) as object);
      return replaceValue(text, [...path, name!, "value", "error", "message"], "Slow down, please.");
    },
  },
];

/** The edits of every run; the others are variations on them. */
export const defaultEdits = specEdits.slice(0, 6);

function maximumOf(text: string): number {
  return Number(valueAt(text, parameterPath(text, "n", "maximum")));
}

function addParameter(text: string, lines: readonly string[]): string {
  return addEntry(text, parameterPath(text), lines);
}

/** Removes a parameter, and with it what the examples say of it. */
function removeParameter(text: string, name: string): string {
  let edited = removeEntry(text, parameterPath(text, name));
  for (const example of examplesOf(text)) {
    const path = [...example, name];
    if (valueAt(edited, path) !== undefined) edited = removeEntry(edited, path);
  }
  return edited;
}

/** The values of the request's examples. */
function examplesOf(text: string): SpecPath[] {
  const examples = [...requestPath.slice(0, -1), "examples"];
  return Object.keys((valueAt(text, examples) ?? {}) as object).map((name) => [...examples, name, "value"]);
}

/** Edits a list that is written on one line; null keeps its place at the end. */
function editList(text: string, path: SpecPath, edit: (items: readonly string[]) => readonly string[]): string {
  const items = valueAt(text, path) as readonly (string | null)[];
  const edited = edit(items.filter((item) => item !== null));
  const twice = edited.find((item, index) => edited.indexOf(item) !== index);
  if (twice !== undefined) throw new Error(`The spec has ${twice} in ${path.join(".")} already.`);
  return replaceValue(text, path, `[${[...edited, ...(items.includes(null) ? ["null"] : [])].join(", ")}]`);
}

function addImageEdits(text: string): string {
  const limits = valueAt(text, parameterPath(text, "image", "x-image-limits")) as object;
  const withSchema = addEntry(text, ["components", "schemas"], imageEditSchema(limits));
  return addEntry(withSchema, ["paths"], imageEditPath(String(schemaAt(text, bodyPath).at(-1))));
}

function imageEditSchema(limits: object): string[] {
  return [
    "ImageEditParams:",
    "  type: object",
    "  description: What to edit, and how.",
    "  required: [image, prompt]",
    "  properties:",
    "    image:",
    "      type: array",
    "      description: The images to edit.",
    "      minItems: 1",
    "      maxItems: 16",
    "      items:",
    "        type: string",
    "        format: binary",
    "        description: An image to edit.",
    "        x-image-limits:",
    ...Object.entries(limits).map(
      ([key, value]) => `          ${key}: ${Array.isArray(value) ? `[${value.join(", ")}]` : value}`,
    ),
    "    prompt:",
    "      type: string",
    "      description: What to change.",
    "      maxLength: 1000",
  ];
}

function imageEditPath(responseSchema: string): string[] {
  return [
    "/images/edits:",
    "  post:",
    "    operationId: createImageEdit",
    "    x-client-method: images.edit",
    "    tags: [Images]",
    "    summary: Create image edit",
    "    description: Edits images as a prompt says.",
    "    requestBody:",
    "      required: true",
    "      content:",
    "        multipart/form-data:",
    "          schema:",
    '            $ref: "#/components/schemas/ImageEditParams"',
    "          encoding:",
    "            image:",
    "              contentType: image/png",
    "              style: form",
    "              explode: true",
    "              allowReserved: true",
    "    responses:",
    '      "200":',
    "        description: The edited images.",
    "        content:",
    "          application/json:",
    "            schema:",
    `              $ref: "#/components/schemas/${responseSchema}"`,
    '      "400":',
    '        $ref: "#/components/responses/BadRequest"',
    '      "401":',
    '        $ref: "#/components/responses/Unauthorized"',
  ];
}
