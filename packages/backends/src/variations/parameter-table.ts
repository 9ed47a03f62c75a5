/** What the contract says of each parameter: of its rules, these two concern a backend. */
export type ParameterTable = readonly {
  readonly name: string;
  readonly maximum?: number;
  readonly allowed?: readonly (string | number)[];
  readonly [rule: string]: unknown;
}[];
