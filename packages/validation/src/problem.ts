/** One thing that is wrong with a request, or, among the warnings, one that may be. */
export interface Problem {
  /** Where: the parameter's name, then the position in an array; empty when it is the whole request. */
  readonly path: readonly (string | number)[];
  /** What, in a word that stays the same from release to release. For a picture, the code of its finding. */
  readonly code: string;
  /** What, in a sentence for people, with what was received and what is allowed. */
  readonly message: string;
  /** The value at fault: as it was passed, or, of a picture, the fact at fault, such as `1200x800`. */
  readonly received: unknown;
  /** The limit, the values, or the kind of value that would be right. */
  readonly allowed: string | number | readonly (string | number)[];
  /** What to do about it. */
  readonly fix: string;
}
