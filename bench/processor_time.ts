const LIBC = Deno.build.os === "linux"
  ? Deno.dlopen("libc.so.6", {
    clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
  })
  : undefined;

/** The clock of a process counts the time of all its threads (`CPUCLOCK_SCHED`). */
const SCHEDULER_CLOCK = 2;

/**
 * Processor time that a process has taken so far, in milliseconds, to a microsecond; that of threads
 * which have ended is in it.
 *
 * @throws {Error} There is no such process.
 */
export function processorTimeMs(pid: number): number {
  const time = new BigInt64Array(2);
  const clock = ~pid << 3 | SCHEDULER_CLOCK;
  if (LIBC?.symbols.clock_gettime(clock, new Uint8Array(time.buffer)) !== 0) {
    throw new Error(`Cannot read the processor time of process ${pid}`);
  }
  return Number(time[0]) * 1000 + Number(time[1]) / 1e6;
}
