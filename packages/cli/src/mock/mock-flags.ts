/** The options of `mock`. */
export interface MockFlags {
  readonly port: number;
}
