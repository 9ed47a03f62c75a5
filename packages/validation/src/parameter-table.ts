import type { ImageLimits } from "./image-limits.ts";

/** The parameters of one operation, in the order of the spec. Generated; the validator is written over it. */
export type ParameterTable = readonly Parameter[];

/** One parameter of an operation: its name, whether it is needed, and the rules for its value. */
export type Parameter = TextParameter | NumericParameter | BooleanParameter | ImageParameter | ImagesParameter;

/** What every parameter has. */
export interface ParameterBase {
  readonly name: string;
  readonly required?: boolean;
  /** Whether null may stand for "the default". */
  readonly nullable?: boolean;
}

/** A parameter whose value is text. */
export interface TextParameter extends ParameterBase {
  readonly kind: "string";
  readonly default?: string;
  /** The only values there are. */
  readonly allowed?: readonly string[];
  /** Values that are known, where others may be good too. */
  readonly known?: readonly string[];
  /** The fewest characters. */
  readonly minimum?: number;
  /** The most characters. */
  readonly maximum?: number;
  /** A regular expression of ECMAScript, as JSON Schema has it. */
  readonly pattern?: string;
}

/** A parameter whose value is a number. */
export interface NumericParameter extends ParameterBase {
  readonly kind: "integer" | "number";
  readonly default?: number;
  /** The only values there are. */
  readonly allowed?: readonly number[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A parameter that is true or false. */
export interface BooleanParameter extends ParameterBase {
  readonly kind: "boolean";
  readonly default?: boolean;
}

/** A parameter whose value is a picture. */
export interface ImageParameter extends ParameterBase, ImageLimits {
  readonly kind: "image";
}

/** A parameter whose value is an array of pictures. */
export interface ImagesParameter extends ParameterBase, ImageLimits {
  readonly kind: "images";
  /** The fewest pictures. */
  readonly minimum?: number;
  /** The most pictures. */
  readonly maximum?: number;
}
