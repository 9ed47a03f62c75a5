/** The options of `fit`. */
export interface FitFlags {
  readonly out?: string | undefined;
  readonly size?: number | undefined;
  readonly crop: boolean;
  readonly pad: boolean;
  readonly background?: string | undefined;
  readonly force: boolean;
  readonly quiet: boolean;
}
