import { makePng } from "../../wire/make-png.ts";
import { mostPictures, otherSize } from "../inquiries.ts";
import { pictureOf, serveForms, textOf, type FormAnswer, type FormServer } from "./serve-forms.ts";

/**
 * Lemonade's ways: it wants a model, makes another size than the contract unless told otherwise, answers in base64 alone, takes `image[]` too,
 * and its errors have neither code nor param.
 */
export function imitateLemonade(): Promise<FormServer> {
  return serveForms(({ parts = [] }) => {
    const n = Number(textOf(parts, "n") ?? 1);
    const [width, height] = (textOf(parts, "size") ?? otherSize).split("x").map(Number);
    if (!textOf(parts, "model")) return refusal("Missing 'model' in request");
    if (!pictureOf(parts, "image", "image[]")) return refusal("Missing 'image' in request");
    if (!Number.isInteger(n) || n < 1 || n > mostPictures) {
      return refusal(`'n' must be between 1 and ${mostPictures}`);
    }
    const b64_json = makePng({ width: width!, height: height! }).toString("base64");
    return { status: 200, body: { created: 1_778_544_000, data: Array.from({ length: n }, () => ({ b64_json })) } };
  });
}

function refusal(message: string): FormAnswer {
  return { status: 400, body: { error: { message, type: "invalid_request_error" } } };
}
