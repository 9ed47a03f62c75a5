/** What `create` tells while it works; `--json` prints these. Paths are as the user would type them. */
export type CreateEvent =
  | {
      readonly event: "checked";
      readonly image: string;
      readonly width: number;
      readonly height: number;
      readonly bytes: number;
      /** What some servers may reject. */
      readonly warnings: readonly string[];
    }
  | {
      /** What was done to the image, so that the endpoint accepts it. */
      readonly event: "fitted";
      readonly image: string;
      /** As sentences. */
      readonly steps: readonly string[];
    }
  | {
      /** What makes the images, before the first one is asked for. */
      readonly event: "target";
      readonly server?: string;
      readonly backend?: string;
      /** What decided it, such as `--server`. */
      readonly source: string;
      /** Options that are given and have no effect there. */
      readonly ignored: readonly string[];
    }
  | { readonly event: "uploading"; readonly image: string; readonly sent: number; readonly total: number }
  /** The request is sent, and nothing has come back yet. */
  | { readonly event: "waiting"; readonly image: string }
  /** Share of the work that the backend in this process has done, 0 to 1. */
  | { readonly event: "making"; readonly image: string; readonly done: number }
  | { readonly event: "retrying"; readonly image: string; readonly reason: string }
  | {
      readonly event: "receiving";
      readonly image: string;
      /** From 1. */
      readonly index: number;
      /** Bytes of all images of this response by now. */
      readonly bytes: number;
    }
  | {
      readonly event: "saved";
      readonly image: string;
      readonly index: number;
      readonly path: string;
      readonly bytes: number;
      /** Since the request. */
      readonly seconds: number;
    }
  | { readonly event: "url"; readonly image: string; readonly index: number; readonly url: string }
  | { readonly event: "sheet"; readonly image: string; readonly path: string }
  | { readonly event: "done"; readonly images: number; readonly bytes: number; readonly seconds: number }
  | { readonly event: "failed"; readonly message: string; readonly fix: string | undefined; readonly exit: string };

/** Tells the user of everything that happens. */
export interface Reporter extends Disposable {
  report(event: CreateEvent): void;
  /** Prints to standard output, without breaking what is on the screen. */
  print(data: string | Uint8Array): void;
}
