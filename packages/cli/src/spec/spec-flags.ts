/** The options of `spec`. */
export interface SpecFlags {
  readonly json: boolean;
}
