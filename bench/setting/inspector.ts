import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'undici';
import { z } from 'zod';
import type { Launched } from './process.ts';
import { twoCores } from './process.ts';

const frame = z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() });

/** What V8's sampling profiler writes: a tree of frames, and which of them ran at each sample. */
export const cpuProfile = z.object({
  startTime: z.number(),
  endTime: z.number(),
  nodes: z.array(z.object({ id: z.number(), callFrame: frame, children: z.array(z.number()).optional() })),
  samples: z.array(z.number()),
  /** Microseconds since the sample before. */
  timeDeltas: z.array(z.number()),
});
export type CpuProfile = z.infer<typeof cpuProfile>;

/** Profiles the main thread of a process started with `--inspect`, from now until `stop`. */
export async function startProfile(web: Launched, port: number): Promise<{ stop(): Promise<CpuProfile> }> {
  const listed = await request(`http://127.0.0.1:${port}/json/list`);
  const [target] = z.array(z.object({ webSocketDebuggerUrl: z.string() })).parse(await listed.body.json());
  if (!target) throw new Error('The process has no inspector');
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  const answers = new Map<number, (result: unknown) => void>();
  const opened = Promise.withResolvers<void>();
  socket.addEventListener('open', () => opened.resolve());
  socket.addEventListener('error', () => opened.reject(new Error('The inspector cannot be reached')));
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = z
      .object({ id: z.number().optional(), result: z.unknown() })
      .parse(JSON.parse(String(data)));
    if (id !== undefined) answers.get(id)?.(result);
  });
  await opened.promise;
  let sent = 0;
  const ask = (method: string, params: Readonly<Record<string, number>> = {}) => {
    const answer = Promise.withResolvers<unknown>();
    sent += 1;
    answers.set(sent, answer.resolve);
    socket.send(JSON.stringify({ id: sent, method, params }));
    return answer.promise;
  };
  await ask('Profiler.enable');
  await ask('Profiler.setSamplingInterval', { interval: 500 });
  await ask('Profiler.start');
  letSamplerInterrupt(web.pid);
  return {
    async stop() {
      const { profile } = z.object({ profile: cpuProfile }).parse(await ask('Profiler.stop'));
      socket.close();
      return profile;
    },
  };
}

/**
 * Moves the thread of V8’s sampler to the other core: on the core of the main thread it runs when the main thread rests,
 * and half of the work is never seen.
 */
function letSamplerInterrupt(pid: number): void {
  if (!twoCores) return;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const name = readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8').trim();
    if (name.startsWith('v8:Prof')) execFileSync('taskset', ['-c', '-p', '1', thread], { stdio: 'ignore' });
  }
}
