/** Calls back each time that so many milliseconds have passed, until what it returns is called. Keeps no process alive. */
export type Clock = (milliseconds: number, onTick: () => void) => () => void;

export const systemClock: Clock = (milliseconds, onTick) => {
  const timer = setInterval(onTick, milliseconds) as ReturnType<typeof setInterval> & { unref?: () => void };
  timer.unref?.();
  return () => clearInterval(timer);
};
