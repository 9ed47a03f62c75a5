import { documentedResponses, type DocumentedContent, type DocumentedResponse } from "image-variations/conformance";

/** A response that the spec has as an example. */
export interface DocumentedExample extends Pick<DocumentedResponse, "status" | "headers"> {
  readonly mediaType: string;
  readonly name: string;
  readonly value: DocumentedContent["examples"][number]["value"];
}

/** Every example of a response in the spec. */
export const documentedExamples: readonly DocumentedExample[] = documentedResponses.flatMap(
  ({ status, headers, contents }) =>
    contents.flatMap(({ mediaType, examples }) =>
      examples.map(({ name, value }) => ({ status, headers, mediaType, name, value })),
    ),
);
