import type { RenderSizes } from "../images/render-size.ts";

/** A kind of server that has `POST /images/edits`. */
export type ImageEditsTarget = "openai" | "sd-server" | "sglang" | "vllm-omni";

/** What one kind of server understands. Nothing else is sent to it: a field that it does not know may be a 400. */
export interface ImageEditsDialect {
  readonly label: string;
  readonly baseURL: string | undefined;
  readonly startHint: string;
  readonly model: string | undefined;
  readonly quality: string | undefined;
  readonly sizes: RenderSizes;
  /** The most images of one request. */
  readonly maximumImages: number;
  /** The model follows instructions ("make a variation of this"), rather than wanting the image described. */
  readonly followsInstructions: boolean;
  /** How `seed` and `strength` are sent: as form fields, or in the prompt as sd-server has it. */
  readonly seed: "field" | "prompt" | "none";
  readonly strength: "prompt" | "none";
  /** The image is sent as it is; other servers get 8-bit sRGB without alpha, at the size that they render. */
  readonly decodesEverything: boolean;
  /** The caller's `user` is sent, hashed, as `safety_identifier`. */
  readonly identifiesUsers: boolean;
}

const local = {
  model: undefined,
  quality: undefined,
  sizes: { minimum: 512, maximum: 4_096, step: 64 },
  maximumImages: 10,
  followsInstructions: true,
  seed: "field",
  strength: "none",
  decodesEverything: false,
  identifiesUsers: false,
} as const;

export const imageEditsDialects: Readonly<Record<ImageEditsTarget, ImageEditsDialect>> = {
  openai: {
    label: "The image edits API",
    baseURL: "https://api.openai.com/v1",
    startHint: "Check the network, and `baseURL`.",
    model: "gpt-image-2.6-flare",
    // By default the price would be the API's choice: up to $0.21 an image instead of $0.006.
    quality: "low",
    sizes: { minimum: 1_024, maximum: 4_096, step: 16 },
    maximumImages: 10,
    followsInstructions: true,
    seed: "none",
    strength: "none",
    decodesEverything: true,
    identifiesUsers: true,
  },
  "sd-server": {
    ...local,
    label: "sd-server",
    baseURL: "http://127.0.0.1:1234/v1",
    startHint: "Start it (sd-server --listen-port 1234), or set `baseURL` to where it listens.",
    followsInstructions: false,
    seed: "prompt",
    strength: "prompt",
  },
  sglang: {
    ...local,
    label: "SGLang",
    baseURL: "http://127.0.0.1:30000/v1",
    startHint: "Start it, or set `baseURL` to where it listens.",
  },
  "vllm-omni": {
    ...local,
    label: "vLLM-Omni",
    baseURL: "http://127.0.0.1:8000/v1",
    startHint: "Start it, or set `baseURL` to where it listens.",
  },
};
