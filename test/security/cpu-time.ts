/** Milliseconds that this thread has computed: what else the machine does is not in them. */
export function cpuTimeMs(): number {
  // Linux adds what a thread has computed since its last tick once the whole process is asked about.
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
