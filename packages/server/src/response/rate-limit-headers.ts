/** The contract's rate-limit headers. `reset` is in milliseconds. */
export function rateLimitHeaders(state: {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}): Readonly<Record<string, string>> {
  return {
    "x-ratelimit-limit-requests": String(state.limit),
    "x-ratelimit-remaining-requests": String(state.remaining),
    "x-ratelimit-reset-requests": toDuration(state.reset),
  };
}

/** Such as `12s` or `6m0s`. */
function toDuration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds % 60}s`;
}
