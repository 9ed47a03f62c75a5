/** What the client knows of the JSON that the successes of an operation are. */
export interface ResponseFacts {
  readonly kind: "object" | "array" | "value";
  /** Properties that it must have: a response with none of them is something else, such as an error of a gateway. */
  readonly required?: readonly string[];
  /** The list of files that it must have, if its files are in base64. */
  readonly files?: FileList;
}

/** Files in a response: a list of objects, each with the file itself in base64, or with the URL that it is at. */
export interface FileList {
  /** The response's property that is the list. */
  readonly list: string;
  /** What is in it, for messages. */
  readonly called: string;
  /** The property of an item that is the file in base64. */
  readonly base64: string;
  /** The property of an item that is the file's URL, if there is one. */
  readonly url?: string;
  /** The other properties of an item, the URL among them. */
  readonly facts: readonly string[];
}
