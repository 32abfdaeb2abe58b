import { addAllowed } from '#src/log/log-fields.ts';
import { textLine } from '#src/log/text-line.ts';
import type { Clock } from '#src/time/clock.ts';

const severities = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60, silent: 100 };
export type LogLevel = keyof typeof severities;

/** `fields` is filtered by `addAllowed`; the free text that libraries add after it is left out. */
type Write = (fields: unknown, ...rest: readonly unknown[]) => void;

/** One line for each call. Fastify takes it as the logger of each request. */
export interface Log {
  readonly level: LogLevel;
  readonly trace: Write;
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  readonly fatal: Write;
  readonly silent: Write;
  child(bindings: Readonly<Record<string, unknown>>): Log;
  /** How many lines could not be written since the start: nothing else tells of them. */
  lost(): number;
}

export interface LogOptions {
  readonly level: LogLevel;
  readonly clock: Clock;
  /** `json` when absent. */
  readonly format?: 'json' | 'text';
  /** Receives each line with its newline; calls `failed` when it cannot be written. */
  readonly write: (line: string, failed: () => void) => void;
}

/** A line with the characters escaped that some readers treat as line ends: NEL, U+2028, U+2029. */
function oneLine(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A log that only holds what `log-fields.ts` allows. Never throws: the service keeps running when its log fails. */
export function openLog({ level, clock, format = 'json', write }: LogOptions): Log {
  let lost = 0;
  const lose = () => {
    lost += 1;
  };
  const lineOf = format === 'json' ? (fields: object) => JSON.stringify(fields) : textLine;
  function logWith(bindings: Readonly<Record<string, unknown>>): Log {
    function writerOf(severity: LogLevel): Write {
      if (severities[severity] < severities[level] || severity === 'silent') return () => {};
      return (input) => {
        try {
          const line = { time: clock.now().toISOString(), level: severity, ...bindings };
          if (addAllowed(line, input)) write(`${oneLine(lineOf(line))}\n`, lose);
        } catch {
          lose();
        }
      };
    }
    return {
      level,
      trace: writerOf('trace'),
      debug: writerOf('debug'),
      info: writerOf('info'),
      warn: writerOf('warn'),
      error: writerOf('error'),
      fatal: writerOf('fatal'),
      silent: () => {},
      lost: () => lost,
      child: (more) => {
        const bound = { ...bindings };
        addAllowed(bound, more);
        return logWith(bound);
      },
    };
  }
  return logWith({});
}

/** Writes to standard output; a closed pipe (EPIPE) or a full disk does not stop the service. */
export function standardOutput(): LogOptions['write'] {
  process.stdout.on('error', () => {});
  return (line, failed) =>
    process.stdout.write(line, (error) => {
      if (error) failed();
    });
}
