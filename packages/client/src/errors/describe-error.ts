/** What the body of an error says, whatever its shape. */
export interface ErrorFacts {
  readonly message?: string | undefined;
  readonly code?: string | null | undefined;
  readonly param?: string | null | undefined;
  readonly type?: string | undefined;
}

/** Where servers put a sentence, the best one first. */
const places = ["message", "msg", "Message", "detail", "error_description", "title", "error", "errors"];

/** Where servers put what has the sentence in it: one object, or a list. */
const envelopes = ["error", "detail", "errors"];

/**
 * Finds the facts in the body of an error: the official envelope, `{ message }`, `{ detail }` in text or in a list
 * (FastAPI), `{ error: "text" }`, problem details (RFC 9457) and their kin.
 */
export function describeError(body: unknown, depth = 4): ErrorFacts {
  const facts = Object(body) as Readonly<Record<string, unknown>> & ErrorFacts;
  const held = depth ? envelopes.flatMap((name) => facts[name]) : [];
  const inner = held
    .filter((value) => value && typeof value === "object")
    .map((value) => describeError(value, depth - 1));
  const [first] = inner;
  const own = places.map((name) => joinTexts([facts[name]].flat()));
  return {
    message: joinTexts(inner.map(({ message }) => message)) || joinTexts([body]) || own.find(Boolean),
    code: first?.code === undefined ? facts.code : first.code,
    param: first?.param === undefined ? (facts.param === undefined ? lastOf(facts["loc"]) : facts.param) : first.param,
    type: first?.type ?? facts.type,
  };
}

/** FastAPI says where an issue is by a path, such as `["body", "n"]`. */
function lastOf(path: unknown): string | undefined {
  return Array.isArray(path) ? (path.at(-1) as string) : undefined;
}

function joinTexts(values: readonly unknown[]): string {
  return values.filter((value) => typeof value === "string").join("; ");
}
