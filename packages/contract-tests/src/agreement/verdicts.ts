import { validateImageVariation } from "@image-variations/validation";
import { schemaValidator } from "image-variations/conformance";
import { operation } from "../contract/operation.ts";
import { postForm } from "../wire/post-form.ts";
import { readRequestViolations } from "../wire/request-violations.ts";
import { sampleFile } from "../wire/sample-image.ts";
import type { AnyParameters } from "./any-parameters.ts";

/** The names of the parameters that are rejected, sorted. */
export type RejectedNames = readonly string[];

const validate = schemaValidator(operation.request!.schema);

/** The verdict of an independent validator of JSON Schema, on the schema of the spec. */
export function rejectedBySchema({ hasImage, values }: AnyParameters): RejectedNames {
  validate({ ...(hasImage && { image: "otter.png" }), ...values });
  return sorted(
    (validate.errors ?? []).map(
      ({ instancePath, params }) => instancePath.split("/")[1] ?? String(params["missingProperty"]),
    ),
  );
}

/** The verdict of our validator. */
export async function rejectedByValidation({ hasImage, values }: AnyParameters): Promise<RejectedNames> {
  const { issues } = await validateImageVariation({ ...(hasImage && { image: sampleFile() }), ...values });
  return sorted(issues.map(({ path }) => String(path[0])));
}

/** The verdict of the mock, which sees only values that a form can carry. */
export async function rejectedByMock({ hasImage, values }: AnyParameters): Promise<RejectedNames> {
  const fields = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (canBePart(value) ? [[name, String(value)]] : [])),
  );
  const response = await postForm({ fields, image: hasImage ? sampleFile() : null });
  await response.arrayBuffer();
  return sorted(
    readRequestViolations(response.headers).map(({ location, code }) =>
      code === "required" ? "image" : (location[2] ?? `${location.join("/")} ${code}`),
    ),
  );
}

/** Whether a form can carry the value as one text part. */
export function canBePart(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function sorted(names: readonly string[]): RejectedNames {
  return [...new Set(names)].toSorted();
}
