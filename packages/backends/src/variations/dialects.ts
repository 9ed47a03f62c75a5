/** A kind of server that has `POST /images/variations`. */
export type VariationsTarget = "contract" | "image-variations" | "xinference" | "lemonade" | "deepinfra";

/** What one kind of server understands besides the contract's parameters. */
export interface VariationsDialect {
  readonly label: string;
  readonly baseURL: string | undefined;
  readonly startHint: string;
  readonly needsModel: boolean;
  readonly model: string | undefined;
  /** Which of the extra controls are sent, as form fields. */
  readonly controls: readonly ("seed" | "strength" | "prompt")[];
  /** Whether `user` is sent. */
  readonly identifiesUsers: boolean;
}

const contract = {
  label: "The variations server",
  baseURL: undefined,
  startHint: "Start it, or set `baseURL` to where it listens.",
  needsModel: false,
  model: undefined,
  controls: [],
  identifiesUsers: true,
} as const satisfies VariationsDialect;

export const variationsDialects: Readonly<Record<VariationsTarget, VariationsDialect>> = {
  contract,
  "image-variations": { ...contract, controls: ["seed", "strength", "prompt"] },
  xinference: {
    ...contract,
    label: "Xinference",
    baseURL: "http://127.0.0.1:9997/v1",
    needsModel: true,
    controls: ["prompt"],
    identifiesUsers: false,
  },
  lemonade: {
    ...contract,
    label: "Lemonade",
    baseURL: "http://127.0.0.1:13305/api/v1",
    needsModel: true,
    identifiesUsers: false,
  },
  deepinfra: {
    ...contract,
    label: "DeepInfra",
    baseURL: "https://api.deepinfra.com/v1/openai",
    startHint: "Check the network, and `baseURL`.",
    needsModel: true,
    model: "black-forest-labs/FLUX-1-Redux-dev",
    identifiesUsers: false,
  },
};
