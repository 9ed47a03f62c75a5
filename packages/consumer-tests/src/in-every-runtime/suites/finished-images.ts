// What a backend makes of images that its target returns, in whatever runtime this is bundled for.
import { engine } from "@image-variations/backends/engine";
import { imageEdits } from "@image-variations/backends/image-edits";

/** An image, square and encoded, in base64. */
export interface ReturnedImage {
  readonly name: string;
  readonly size: number;
  readonly base64: string;
}

/** The PNG that the backend makes of it, or why it does not. */
export interface FinishedImage {
  readonly name: string;
  readonly base64?: string;
  readonly error?: string;
}

/** @param input JSON: a list of images. */
export default async function run(input: Uint8Array<ArrayBuffer>): Promise<FinishedImage[]> {
  const images = JSON.parse(new TextDecoder().decode(input)) as ReturnedImage[];
  const finished: FinishedImage[] = [];
  for (const { name, size, base64 } of images) {
    const fetch = async (): Promise<Response> => Response.json({ data: [{ b64_json: base64 }] });
    const backend = imageEdits({ baseURL: "http://target.test/v1", fetch, maxRetries: 0 });
    try {
      for await (const { bytes } of backend.createVariations({ image: fromBase64(base64), n: 1, size })) {
        finished.push({ name, base64: toBase64(bytes) });
      }
    } catch (error) {
      finished.push({ name, error: String(error) });
    }
  }
  // And one that the engine makes here, without its worker, which a bundle of one file does not have.
  const { base64 = "" } = images.find(({ name }) => name === "a photograph") ?? {};
  for await (const { bytes } of engine().createVariations({ image: fromBase64(base64), n: 1, size: 64, seed: 1 })) {
    finished.push({ name: "the engine", base64: toBase64(bytes) });
  }
  return finished;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
