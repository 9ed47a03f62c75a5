import type { TestServer } from "@image-variations/testing/listen";
import { makePng, otherSize } from "image-variations/conformance";
import { imageOf, serveForms, textOf, type FormResponse } from "./serve-forms.ts";

/**
 * Behaves like Xinference: requires a model, sends paths on its own disk as URLs and null for the format that was not
 * requested, and fails with 500 and a detail.
 */
export function imitateXinference(): Promise<TestServer> {
  return serveForms(({ parts = [] }) => {
    const n = Number(textOf(parts, "n") ?? 1);
    const [width, height] = (textOf(parts, "size") ?? otherSize).split("x").map(Number);
    const format = textOf(parts, "response_format") ?? "url";
    if (!textOf(parts, "model")) return failure("model is required");
    if (!imageOf(parts, "image")) return failure("image is required");
    if (!Number.isInteger(n) || n < 1) return failure("n is wrong");
    if (!["url", "b64_json"].includes(format)) return failure(`Unsupported response format: ${format}`);
    const base64 = makePng({ width: width!, height: height! }).toString("base64");
    const image =
      format === "url"
        ? { url: "/var/lib/xinference/image/otter.png", b64_json: null }
        : { url: null, b64_json: base64 };
    return { status: 200, body: { created: 1_778_544_000, data: Array.from({ length: n }, () => image) } };
  });
}

function failure(detail: string): FormResponse {
  return { status: 500, body: { detail } };
}
