import { isFlat, type Soak } from '../measures/soak.ts';
import { table } from './markdown.ts';
import { figure } from './rows.ts';

/** Memory by the minute, as Markdown. */
export function soakReport(soak: Soak, machine: readonly string[]): string {
  const { minutes, perSecond, journeys, failed, residentMb, peakMb, pageMs } = soak;
  return [
    `# ${minutes} minutes at half load`,
    '',
    ...machine.map((line) => `* ${line}`),
    '',
    `${journeys} journeys, ${figure(perSecond)} a second, ${failed.length} failed; pages without hash p50 ${figure(pageMs.p50)}, p99 ${figure(pageMs.p99)} ms.`,
    '',
    `Most resident memory (VmHWM): ${figure(peakMb)} MB. The line is ${isFlat(residentMb) ? 'flat' : 'not flat'}: flat means that what remains between two passwords is, in the last third, on average at most 5 % above the third before.`,
    '',
    ...table(
      ['Minute', 'Resident between two passwords, MB', 'At most, MB'],
      residentMb.map(({ least, most }, index) => [String(index + 1), figure(least), figure(most)]),
    ),
    ...(failed.length > 0
      ? ['', 'Failed:', '', ...new Set(failed.slice(0, 20).map((line) => `* ${line}`))]
      : []),
    '',
  ].join('\n');
}
