/** A ComfyUI workflow in API format: its nodes by their ids. */
export type ComfyUIWorkflow = Readonly<Record<string, ComfyUINode>>;

/** One node of a workflow. */
export interface ComfyUINode {
  readonly class_type: string;
  /** JSON, with placeholders. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

/** What a workflow's placeholders stand for. */
export interface WorkflowValues {
  /** The name of the uploaded image, for LoadImage. */
  readonly image: string;
  readonly seed: number;
  readonly denoise: number;
  readonly n: number;
  readonly width: number;
  readonly height: number;
  readonly prompt: string;
}

const placeholder = /%(image|seed|denoise|n|width|height|prompt)%/g;

/**
 * A workflow with its placeholders filled in. A string that is a placeholder and nothing else takes the value's type, so that
 * `"seed": "%seed%"` becomes a number; within other text it is text. Other words between percent signs are left alone:
 * ComfyUI has some of its own.
 */
export function fillWorkflow(workflow: ComfyUIWorkflow, values: WorkflowValues): ComfyUIWorkflow {
  return fill(workflow, values) as ComfyUIWorkflow;
}

function fill(value: unknown, values: WorkflowValues): unknown {
  if (typeof value === "string") {
    const name = value.match(/^%(\w+)%$/)?.[1];
    if (name !== undefined && Object.hasOwn(values, name)) return values[name as keyof WorkflowValues];
    return value.replaceAll(placeholder, (_, found: keyof WorkflowValues) => String(values[found]));
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => fill(item, values));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, values)]));
}

/** The placeholders that a workflow has. */
export function placeholdersIn(value: unknown): Set<keyof WorkflowValues> {
  if (typeof value === "string") {
    return new Set([...value.matchAll(placeholder)].map(([, name]) => name as keyof WorkflowValues));
  }
  if (typeof value !== "object" || value === null) return new Set();
  return new Set(Object.values(value).flatMap((item: unknown) => [...placeholdersIn(item)]));
}
