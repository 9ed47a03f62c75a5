import { classify } from "../policy/classify.ts";
import { inBase, inHead } from "../schema/comparison.ts";
import { child, children, resolved, type Part } from "../schema/part.ts";
import { anything, siteOf, type Site } from "../schema/site.ts";
import type { Spec } from "../schema/spec.ts";
import { compareContent } from "./compare-content.ts";
import { compareHeaders } from "./compare-headers.ts";
import { compareAnnotationsOf } from "./compare-annotations-of.ts";
import type { Scope } from "./scope.ts";

type Responses = ReadonlyMap<string, Part>;

/** Compares what comes back, by status. */
export function compareResponses(scope: Scope, before: Part | undefined, after: Part | undefined): void {
  const [old, now] = [responsesOf(scope.base, before), responsesOf(scope.head, after)];
  for (const [status, response] of old) {
    const other = now.get(status) ?? covering(now, status);
    if (other) compareResponse(scope, response, other);
    else {
      const rule = isSuccess(status) ? "success-removed" : "status-removed";
      scope.report(rule, scope.received, inBase(response.pointer), { name: status });
    }
  }
  for (const [status, response] of now) {
    if (old.has(status)) continue;
    const news = isSuccess(status) && !isKnownSuccess(scope, response, old, status);
    scope.report(news ? "success-added" : "status-added", scope.received, inHead(response.pointer), { name: status });
  }
}

function responsesOf(spec: Spec, responses: Part | undefined): Map<string, Part> {
  return new Map(
    children(responses)
      .filter(([status]) => !status.startsWith("x-"))
      .map(([status, response]) => [status.toUpperCase(), resolved(spec, response)]),
  );
}

function isSuccess(status: string): boolean {
  return status.startsWith("2");
}

/** The response that stands for a status which is not listed by itself. */
function covering(responses: Responses, status: string): Part | undefined {
  return status === "DEFAULT" ? undefined : (responses.get(`${status[0]}XX`) ?? responses.get("DEFAULT"));
}

function compareResponse(scope: Scope, before: Part, after: Part): void {
  compareAnnotationsOf(scope, scope.received, before, after);
  compareHeaders(scope, child(before, "headers"), child(after, "headers"));
  compareContent(scope, scope.received, child(before, "content"), child(after, "content"));
}

/** Whether callers that handle every success there was handle this one too. */
function isKnownSuccess({ schemas, received }: Scope, response: Part, old: Responses, status: string): boolean {
  const covered = covering(old, status);
  const successes = [
    ...(covered ? [covered] : []),
    ...[...old].filter(([one]) => isSuccess(one)).map(([, one]) => one),
  ];
  const contents = children(child(response, "content"));
  if (contents.length === 0) return successes.some((one) => children(child(one, "content")).length === 0);
  return contents.every(([type, media]) =>
    successes.some((one) =>
      children(child(one, "content")).some(
        ([other, known]) =>
          other === type &&
          schemas(schemaOf(known), schemaOf(media), received).every((observed) => classify(observed).level !== "major"),
      ),
    ),
  );
}

function schemaOf(media: Part): Site {
  const schema = child(media, "schema");
  return schema ? siteOf(schema) : anything(media.pointer);
}
