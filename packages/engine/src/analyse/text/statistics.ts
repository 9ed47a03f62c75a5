export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0) / values.length);
}

/** Standard deviation by the mean, where the mean is 1 or more. */
export function spread(values: readonly number[]): number {
  return deviation(values) / Math.max(1, mean(values));
}
