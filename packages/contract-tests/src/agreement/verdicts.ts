import { validateImageVariation } from "@image-variations/validation";
import { schemaValidator } from "image-variations/conformance";
import { operation } from "../contract/operation.ts";
import { postForm } from "../wire/post-form.ts";
import { readViolations } from "../wire/read-violations.ts";
import { sampleFile } from "../wire/sample-picture.ts";
import type { AnyParameters } from "./any-parameters.ts";

/** The names of the parameters that are rejected, sorted. */
export type RejectedNames = readonly string[];

const validate = schemaValidator(operation.request!.schema);

/** The verdict of an independent validator of JSON Schema, on the schema as it stands in the spec. */
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

/** The verdict of the mock, which sees of a value what a form can say of it. */
export async function rejectedByMock({ hasImage, values }: AnyParameters): Promise<RejectedNames> {
  const fields = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (canBePart(value) ? [[name, String(value)]] : [])),
  );
  const response = await postForm({ fields, image: hasImage ? sampleFile() : null });
  await response.arrayBuffer();
  return sorted(
    readViolations(response.headers).map(({ location, code }) =>
      code === "required" ? "image" : (location[2] ?? `${location.join("/")} ${code}`),
    ),
  );
}

/** Whether a form can say it in one part of text. */
export function canBePart(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function sorted(names: readonly string[]): RejectedNames {
  return [...new Set(names)].toSorted();
}
