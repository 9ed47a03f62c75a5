import { OpenAIError } from "../errors/openai-error.ts";
import type { RequestContext } from "../options/with-request-options.ts";
import { checkHeaderText } from "../transport/check-header-text.ts";
import { textOfKey } from "../transport/with-authentication.ts";
import type { OperationCall, WrittenParameters } from "./contract.ts";
import { textOf, writeQuery } from "./write-query.ts";

/**
 * Writes the parameters of a call, and the key if it is not a bearer token, as the contract wants them.
 *
 * @throws OpenAIError if a parameter of the path is missing, or would lead to another path, or if the key can't be had.
 */
export async function writeParameters(
  context: RequestContext,
  { name, operation, params = {} }: OperationCall,
): Promise<WrittenParameters> {
  const { key: place, queryStyles } = operation;
  const key = place && context.apiKey ? { ...place, text: await keyOf(context.apiKey, place.prefix) } : undefined;
  const keyIn = (where: string): object => (key?.in === where ? { [key.name]: key.text } : {});
  const query = writeQuery({ ...params.query, ...keyIn("query") }, queryStyles);
  const cookies = given({ ...params.cookie, ...keyIn("cookie") })
    .map(([cookie, value]) => `${cookie}=${encodeURIComponent(textOf(value))}`)
    .join("; ");
  const headers = given(params.header).map(([header, value]) => [header, listed(value, textOf)] as const);
  return {
    path: fillPath(name, params.path),
    query,
    headers: [...headers, ...(cookies ? [["cookie", cookies] as const] : [])],
    keyHeader: key?.in === "header" ? { [key.name]: checkHeaderText("`apiKey`", key.text) } : undefined,
  };
}

function given(values: object | undefined): [name: string, value: unknown][] {
  return Object.entries(values ?? {}).filter(([, value]) => value !== undefined);
}

/** A list as OpenAPI's style `simple` has it. */
function listed(value: unknown, write: (item: unknown) => string): string {
  return [value]
    .flat()
    .map((item) => write(item))
    .join(",");
}

function fillPath(name: string, values: object | undefined): string {
  const path = name.slice(name.indexOf(" ") + 1);
  const filled = path.replaceAll(/\{([^}]*)\}/g, (_, parameter: string) => {
    const value = (values as Record<string, unknown> | undefined)?.[parameter];
    if (value === undefined || value === null || value === "") {
      throw new OpenAIError(`${name}: the path parameter ${JSON.stringify(parameter)} is missing.`);
    }
    return listed(value, (item) => encodeURIComponent(textOf(item)));
  });
  // However they are written, URLs take dots alone for a way to another path.
  if (/\/\.{1,2}(\/|$)/.test(filled)) {
    throw new OpenAIError(`${name}: a path parameter must not be "." or "..", which lead to another path.`);
  }
  return filled;
}

async function keyOf(apiKey: NonNullable<RequestContext["apiKey"]>, prefix = ""): Promise<string> {
  const key = await textOfKey(apiKey);
  return prefix + (prefix === "Basic " ? btoa(key) : key);
}
