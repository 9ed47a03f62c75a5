import type { JsonRules } from "./json/json-rules.ts";

/** The parameters of one operation, in the order of the spec. Generated. */
export type ParameterTable = readonly Parameter[];

/** One parameter of an operation: its name, whether it is required, and the rules for its value. */
export type Parameter =
  | TextParameter
  | NumericParameter
  | BooleanParameter
  | ImageParameter
  | ImagesParameter
  | JsonParameter;

/** What every parameter has. */
export interface ParameterBase {
  readonly name: string;
  readonly required?: boolean;
  /** Whether null stands for the default. */
  readonly nullable?: boolean;
}

/** A parameter whose value is text. */
export interface TextParameter extends ParameterBase {
  readonly kind: "string";
  readonly default?: string;
  /** The valid values. */
  readonly allowed?: readonly string[];
  /** Known values; others may be valid, too. */
  readonly known?: readonly string[];
  /** The least number of characters. */
  readonly minimum?: number;
  /** The greatest number of characters. */
  readonly maximum?: number;
  /** An ECMAScript regular expression, as in JSON Schema. */
  readonly pattern?: string;
}

/** A parameter whose value is a number. */
export interface NumericParameter extends ParameterBase {
  readonly kind: "integer" | "number";
  readonly default?: number;
  /** The valid values. */
  readonly allowed?: readonly number[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A parameter that is true or false. */
export interface BooleanParameter extends ParameterBase {
  readonly kind: "boolean";
  readonly default?: boolean;
}

/** A parameter whose value is an image. */
export interface ImageParameter extends ParameterBase, ImageLimits {
  readonly kind: "image";
}

/** A parameter whose value is an array of images. */
export interface ImagesParameter extends ParameterBase, ImageLimits {
  readonly kind: "images";
  /** The least number of images. */
  readonly minimum?: number;
  /** The greatest number of images. */
  readonly maximum?: number;
}

/** A parameter whose value is a list, an object, a file of any kind, or one of several things. */
export interface JsonParameter extends ParameterBase {
  readonly kind: "json";
  readonly rules: JsonRules;
}

/** What the contract requires of an image beyond its format; the spec's `x-image-limits`. */
export interface ImageLimits {
  /** The accepted media types, such as `image/png`. Default: PNG only. */
  readonly mediaTypes?: readonly string[];
  /** Whether width and height must be equal. */
  readonly square?: boolean;
  /** The size in bytes that a file must stay below. */
  readonly exclusiveMaximumBytes?: number;
  /** The size in bytes from which some servers may reject a file. */
  readonly warningFromBytes?: number;
}
