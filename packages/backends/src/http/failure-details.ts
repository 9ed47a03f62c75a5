/** What an error response says, whatever its shape. */
export interface FailureDetails {
  /** In the target's own words; undefined if it has none. */
  readonly message: string | undefined;
  readonly code: string | undefined;
  readonly type: string | undefined;
  readonly param: string | undefined;
}

const maximumLength = 600;

/** As much of a page as is looked into: a search for its title takes time by the square of that. */
const maximumPage = 10_000;

/**
 * Reads an error response of any of the shapes that image servers have: `{error: {message}}`, `{error: "…"}`,
 * `{error: "server_error", message: "…"}`, `{detail: "…"}`, `{detail: [{loc, msg}]}`, ComfyUI's `node_errors`, HTML and text.
 */
export function readFailureDetails(text: string): FailureDetails {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const page = text.slice(0, maximumPage);
    return { message: shorten(/<\w/.test(page) ? textOfHtml(page) : page), ...nothing };
  }
  if (!isRecord(body)) return { message: shorten(textsIn(body).join(" ")), ...nothing };

  const { error, message, detail, errors, node_errors: nodeErrors } = body;
  const envelope = isRecord(error) ? error : body;
  const parts = isRecord(error)
    ? [textOf(error["message"]), textOf(error["details"]), ...messagesOfNodes(nodeErrors)]
    : [
        // A word such as "server_error" says less than the sentence beside it.
        textOf(message) ?? textOf(errors) ?? (detail ? undefined : textOf(error)),
        ...messagesOfDetail(detail),
      ];
  const known = parts.filter((part) => part !== undefined);
  const said = [...new Set(known.length > 0 ? known : textsIn(body))];
  return {
    message: shorten(said.join(" ")),
    code: wordOf(envelope["code"]),
    type: wordOf(envelope["type"]),
    param: wordOf(envelope["param"]),
  };
}

const nothing = { code: undefined, type: undefined, param: undefined };

/** FastAPI's `detail`: a sentence, or a list of what is wrong with each field. */
function messagesOfDetail(detail: unknown): (string | undefined)[] {
  if (!Array.isArray(detail)) return [textOf(isRecord(detail) ? (detail["message"] ?? detail["msg"]) : detail)];
  return detail.map((issue: unknown) => {
    if (!isRecord(issue)) return textOf(issue);
    const path = Array.isArray(issue["loc"]) ? issue["loc"].filter((step) => step !== "body").join(".") : "";
    const message = textOf(issue["msg"]);
    return path && message ? `${path}: ${message}.` : message;
  });
}

/** What ComfyUI says about each node of a workflow. */
function messagesOfNodes(nodeErrors: unknown): (string | undefined)[] {
  if (!isRecord(nodeErrors)) return [];
  return Object.entries(nodeErrors).flatMap(([id, node]) => {
    if (!isRecord(node) || !Array.isArray(node["errors"])) return [];
    const name = textOf(node["class_type"]);
    return node["errors"].filter(isRecord).map(({ message, details }) => {
      const said = [textOf(message), textOf(details)].filter((part) => part !== undefined).join(": ");
      return said && `Node ${id}${name ? ` (${name})` : ""}: ${said}.`;
    });
  });
}

/** Every text in a body of another shape. */
function textsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [textOf(value) ?? []].flat();
  return Object.values(value).flatMap(textsIn);
}

function textOfHtml(html: string): string | undefined {
  const readable = html.replace(/<(script|style)[\s\S]*?(<\/\1>|$)/gi, " ");
  const title = /<(title|h1)[^>]*>([\s\S]*?)<\/\1>/i.exec(readable)?.[2];
  return textOf((title?.trim() ? title : readable).replace(/<[^>]*(>|$)/g, " ").replaceAll("&nbsp;", " "));
}

function textOf(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = String(value)
    .replace(/[\p{Cc}\s]+/gu, " ") // control characters would reach logs and terminals
    .trim();
  return text || undefined;
}

function wordOf(value: unknown): string | undefined {
  const word = textOf(value);
  return word && word.length <= 100 ? word : undefined;
}

function shorten(text: string | undefined): string | undefined {
  const clean = textOf(text);
  return clean && clean.length > maximumLength ? `${clean.slice(0, maximumLength)}…` : clean;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
