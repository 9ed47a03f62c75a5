import type { TestServer } from "@image-variations/testing/listen";
import { makePng, mostImages, otherSize } from "image-variations/conformance";
import { imageOf, serveForms, textOf, type FormResponse } from "./serve-forms.ts";

/**
 * Behaves like Lemonade: requires a model, makes another size than the contract by default, responds with base64 only,
 * accepts `image[]` too, and has neither code nor param in its errors.
 */
export function imitateLemonade(): Promise<TestServer> {
  return serveForms(({ parts = [] }) => {
    const n = Number(textOf(parts, "n") ?? 1);
    const [width, height] = (textOf(parts, "size") ?? otherSize).split("x").map(Number);
    if (!textOf(parts, "model")) return rejection("Missing 'model' in request");
    if (!imageOf(parts, "image", "image[]")) return rejection("Missing 'image' in request");
    if (!Number.isInteger(n) || n < 1 || n > mostImages) {
      return rejection(`'n' must be between 1 and ${mostImages}`);
    }
    const b64_json = makePng({ width: width!, height: height! }).toString("base64");
    return { status: 200, body: { created: 1_778_544_000, data: Array.from({ length: n }, () => ({ b64_json })) } };
  });
}

function rejection(message: string): FormResponse {
  return { status: 400, body: { error: { message, type: "invalid_request_error" } } };
}
