import type { TestServer } from "@image-variations/testing/listen";
import { validateImageVariation } from "@image-variations/validation";
import { toErrorEnvelope } from "@image-variations/validation/error-envelope";
import { documentedResponses, makePng } from "image-variations/conformance";
import { operation } from "../../contract/operation.ts";
import { imageOf, serveForms, textOf, type FormResponse, type FormRequest } from "./serve-forms.ts";

const defaults = operation.request!.schema.properties!;

/** A server that implements the contract, and draws nothing: every image is black. */
export function startConformingServer(key: string): Promise<TestServer> {
  const files = new Map<string, Uint8Array>();
  return serveForms(async (request) => respond(request, key, files), files);
}

async function respond(
  { headers, origin, parts }: FormRequest,
  key: string,
  files: Map<string, Uint8Array>,
): Promise<FormResponse> {
  if (headers.authorization !== `Bearer ${key}`) return documented(401, "invalid_api_key");
  if (!parts) return documented(400, "content_type_not_supported");
  const n = textOf(parts, "n");
  const values = Object.entries(defaults).map(([name, { type }]): [string, unknown] => {
    const text = textOf(parts, name);
    const isNumber = [type].flat().some((one) => one === "integer" || one === "number");
    return [name, text !== undefined && isNumber ? Number(text) : text];
  });
  const { issues } = await validateImageVariation({
    ...Object.fromEntries(values),
    image: imageOf(parts, "image"),
  });
  const [response_format, size] = [textOf(parts, "response_format"), textOf(parts, "size")];
  if (issues.length > 0) return { status: 400, body: toErrorEnvelope(issues) };
  const format = response_format ?? defaults["response_format"]!.default;
  const [width, height] = (size ?? String(defaults["size"]!.default)).split("x").map(Number);
  const file = makePng({ width: width!, height: height! });
  const data = Array.from({ length: Number(n ?? defaults["n"]!.default) }, () => {
    if (format === "b64_json") return { b64_json: file.toString("base64") };
    const path = `/images/${files.size}.png`;
    files.set(path, file);
    return { url: origin + path };
  });
  return { status: 200, body: { created: 1_778_544_000, data } };
}

function documented(status: number, name: string): FormResponse {
  const { contents } = documentedResponses.find((response) => response.status === status)!;
  return { status, body: contents[0]!.examples.find((example) => example.name === name)!.value };
}
