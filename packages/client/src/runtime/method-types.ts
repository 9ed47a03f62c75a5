import type { ParamsOption, RequestBodyOption } from "openapi-fetch";
import type { RequestOptions } from "../options/request-options.ts";
import type { APIPromise } from "../response/api-promise.ts";

/** A method of a client: the body alone if the operation has no parameters, else `{ params, body }` as openapi-fetch has it. */
export type Method<Operation> =
  IsBodyAlone<Operation> extends true
    ? Operation extends { requestBody: unknown }
      ? (body: BodyOf<Operation>, options?: RequestOptions | null) => APIPromise<ResultOf<Operation>>
      : (body?: BodyOf<Operation>, options?: RequestOptions | null) => APIPromise<ResultOf<Operation>>
    : Partial<InputOf<Operation>> extends InputOf<Operation>
      ? (input?: InputOf<Operation>, options?: RequestOptions | null) => APIPromise<ResultOf<Operation>>
      : (input: InputOf<Operation>, options?: RequestOptions | null) => APIPromise<ResultOf<Operation>>;

/** Parameters and body, in the shape of openapi-fetch. */
export type InputOf<Operation> = ParamsOption<Operation> & RequestBodyOption<Operation>;

type IsBodyAlone<Operation> = Operation extends {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
}
  ? Operation extends { requestBody?: never }
    ? false
    : true
  : false;

/** The body of an operation, in the media type that the runtime sends. */
export type BodyOf<Operation> = Operation extends { requestBody?: infer Body }
  ? Preferred<ContentOf<NonNullable<Body>>>
  : never;

type ContentOf<Value> = Value extends { content: infer Content } ? Content : never;

type Preferred<Content> = "application/json" extends keyof Content
  ? Content["application/json"]
  : "multipart/form-data" extends keyof Content
    ? Content["multipart/form-data"]
    : "application/x-www-form-urlencoded" extends keyof Content
      ? Content["application/x-www-form-urlencoded"]
      : Content[keyof Content];

type Success = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | "2XX" | "2xx";

/** What a method resolves with: JSON as its type, text as a string, anything else as a Blob, nothing as undefined. */
export type ResultOf<Operation> = Operation extends { responses: infer Responses }
  ? Extract<keyof Responses, Success> extends never
    ? "default" extends keyof Responses
      ? Parsed<Responses["default"]>
      : unknown
    : Parsed<Responses[Extract<keyof Responses, Success>]>
  : unknown;

type Parsed<Response> = Response extends { content: infer Content } ? ParsedContent<Content> : undefined;

type ParsedContent<Content> = {
  [Type in keyof Content]: Type extends `${string}json${string}`
    ? Content[Type]
    : Type extends `text/${string}`
      ? string
      : Blob;
}[keyof Content];
