import { judge } from "../policy/classify.ts";
import { inBase, inHead } from "../schema/comparison.ts";
import { child, children, resolved, type Part } from "../schema/part.ts";
import { anything, siteOf, type Site } from "../schema/site.ts";
import type { Spec } from "../schema/spec.ts";
import { compareContent } from "./compare-content.ts";
import { compareHeaders } from "./compare-headers.ts";
import { compareNotesOf } from "./compare-annotations-of.ts";
import type { Scope } from "./scope.ts";

type Answers = ReadonlyMap<string, Part>;

/** Compares what comes back, by status. */
export function compareResponses(scope: Scope, before: Part | undefined, after: Part | undefined): void {
  const [old, now] = [answersOf(scope.base, before), answersOf(scope.head, after)];
  for (const [status, answer] of old) {
    const other = now.get(status) ?? covering(now, status);
    if (other) compareAnswers(scope, answer, other);
    else {
      const rule = isSuccess(status) ? "success-removed" : "status-removed";
      scope.report(rule, scope.received, inBase(answer.pointer), { name: status });
    }
  }
  for (const [status, answer] of now) {
    if (old.has(status)) continue;
    const news = isSuccess(status) && !isKnownSuccess(scope, answer, old, status);
    scope.report(news ? "success-added" : "status-added", scope.received, inHead(answer.pointer), { name: status });
  }
}

function answersOf(spec: Spec, responses: Part | undefined): Map<string, Part> {
  return new Map(
    children(responses)
      .filter(([status]) => !status.startsWith("x-"))
      .map(([status, answer]) => [status.toUpperCase(), resolved(spec, answer)]),
  );
}

function isSuccess(status: string): boolean {
  return status.startsWith("2");
}

/** The answer that stands for a status which is not listed by itself. */
function covering(answers: Answers, status: string): Part | undefined {
  return status === "DEFAULT" ? undefined : (answers.get(`${status[0]}XX`) ?? answers.get("DEFAULT"));
}

function compareAnswers(scope: Scope, before: Part, after: Part): void {
  compareNotesOf(scope, scope.received, before, after);
  compareHeaders(scope, child(before, "headers"), child(after, "headers"));
  compareContent(scope, scope.received, child(before, "content"), child(after, "content"));
}

/** Whether callers that handle every success there was handle this one too. */
function isKnownSuccess({ schemas, received }: Scope, answer: Part, old: Answers, status: string): boolean {
  const covered = covering(old, status);
  const successes = [
    ...(covered ? [covered] : []),
    ...[...old].filter(([one]) => isSuccess(one)).map(([, one]) => one),
  ];
  const contents = children(child(answer, "content"));
  if (contents.length === 0) return successes.some((one) => children(child(one, "content")).length === 0);
  return contents.every(([type, media]) =>
    successes.some((one) =>
      children(child(one, "content")).some(
        ([other, known]) =>
          other === type &&
          schemas(schemaOf(known), schemaOf(media), received).every((finding) => judge(finding).level !== "major"),
      ),
    ),
  );
}

function schemaOf(media: Part): Site {
  const schema = child(media, "schema");
  return schema ? siteOf(schema) : anything(media.pointer);
}
