/** Runs a task periodically, under its name in logs and metrics. */
export type Every = (task: string, ms: number, run: () => Promise<unknown>) => void;

export interface Background {
  readonly every: Every;
  stop(): void;
}

/** Periodic tasks of one process. Of a task that keeps failing, only the first failure is reported until it works. */
export function openBackground(onFailure: (task: string, error: unknown) => void): Background {
  const timers: NodeJS.Timeout[] = [];
  return {
    every(task, ms, run) {
      let failing = false;
      const runOnce = async (): Promise<void> => {
        try {
          await run();
          failing = false;
        } catch (error) {
          if (!failing) onFailure(task, error);
          failing = true;
        }
      };
      timers.push(setInterval(runOnce, ms).unref());
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
