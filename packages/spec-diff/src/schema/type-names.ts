/** JSON Schema's types without null, which is told apart. */
export const typeNames = ["boolean", "integer", "number", "string", "array", "object"] as const;
export type TypeName = (typeof typeNames)[number];
