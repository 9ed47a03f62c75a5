import type { ParamsOption, RequestBodyOption } from "openapi-fetch";
import type { RequestOptions } from "../options/request-options.ts";
import type { APIPromise } from "../response/api-promise.ts";
import type { FileStream } from "../response/file-stream.ts";
import type { ServerSentEvent } from "../response/server-sent-event.ts";
import type { StreamedFile } from "../response/streamed-file.ts";

/** A method of a client: the body alone if the operation has no parameters, else `{ params, body }` as openapi-fetch has it. */
export type Method<Operation> = Caller<Operation, APIPromise<ResultOf<Operation>>>;

/** A method that hands on the files in its response as they arrive. */
export type StreamMethod<Operation, List extends PropertyKey, Base64 extends PropertyKey> = Caller<
  Operation,
  FileStream<ResultOf<Operation>, StreamedFile & Readonly<Omit<ItemOf<ResultOf<Operation>, List>, Base64>>>
>;

/** A method that hands on the events of its response as they arrive. */
export type EventMethod<Operation> = Caller<Operation, AsyncIterable<ServerSentEvent<EventOf<Operation>>>>;

type Caller<Operation, Result> =
  IsBodyAlone<Operation> extends true
    ? Operation extends { requestBody: unknown }
      ? (body: BodyOf<Operation>, options?: RequestOptions | null) => Result
      : (body?: BodyOf<Operation>, options?: RequestOptions | null) => Result
    : Partial<InputOf<Operation>> extends InputOf<Operation>
      ? (input?: InputOf<Operation>, options?: RequestOptions | null) => Result
      : (input: InputOf<Operation>, options?: RequestOptions | null) => Result;

type ItemOf<Result, List extends PropertyKey> = Result extends { readonly [Key in List]?: infer Items }
  ? NonNullable<Items> extends readonly (infer Item)[]
    ? Item
    : unknown
  : unknown;

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

/** Events have methods of their own, if there is JSON beside them. */
type ParsedContent<Content> = {
  [Type in keyof Content]: Type extends `${string}json${string}`
    ? Content[Type]
    : Type extends "text/event-stream"
      ? HasJson<Content> extends true
        ? never
        : string
      : Type extends `text/${string}`
        ? string
        : Blob;
}[keyof Content];

type HasJson<Content> = Extract<keyof Content, `${string}json${string}`> extends never ? false : true;

/** What the data of an operation's events are as JSON. */
type EventOf<Operation> = Operation extends { responses: infer Responses }
  ? EventIn<Responses[Extract<keyof Responses, Success>]>
  : unknown;

type EventIn<Response> = Response extends { content: { "text/event-stream": infer Data } } ? Data : never;
