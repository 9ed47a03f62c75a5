/** The options of `conform`. */
export interface ConformFlags {
  readonly apiKey?: string | undefined;
  readonly model?: string | undefined;
  readonly json: boolean;
  readonly junit?: string | undefined;
  readonly quiet: boolean;
  readonly timeout?: number | undefined;
  readonly firstTimeout?: number | undefined;
  readonly totalTimeout?: number | undefined;
}
