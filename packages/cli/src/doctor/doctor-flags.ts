/** The options of `doctor`. */
export interface DoctorFlags {
  readonly server?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly out?: string | undefined;
  readonly json: boolean;
}
