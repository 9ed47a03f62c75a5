/** A line that a user can type, and what it does. */
export interface Example {
  /** What follows the command's name. */
  readonly input: string;
  readonly brief: string;
}
