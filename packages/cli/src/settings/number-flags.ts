/**
 * Parses an integer of an option.
 *
 * @throws Error that goes on after the option's name.
 */
export function parseInteger({
  minimum,
  maximum,
}: {
  readonly minimum: number;
  readonly maximum: number;
}): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw new Error(`must be an integer from ${minimum} to ${maximum}; got ${JSON.stringify(text)}.`);
  };
}

/** The longest that a timer can wait. */
const maximumSeconds = 2_147_483;

/**
 * Parses a time of an option.
 *
 * @throws Error that goes on after the option's name.
 */
export function parseSeconds(text: string): number {
  const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= maximumSeconds) return value;
  throw new Error(`must be a number of seconds, above 0 and at most ${maximumSeconds}; got ${JSON.stringify(text)}.`);
}
