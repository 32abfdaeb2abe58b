import { type CodeChannel, codeChannels } from '#src/codes/rules.ts';

/** The values of the field `canal` of forms, which the command line shows too. */
const values: Readonly<Record<CodeChannel, string>> = { sms: 'sms', email: 'courriel', letter: 'courrier' };

export function channelValue(channel: CodeChannel): string {
  return values[channel];
}

/** The channel that a form names; null for none. */
export function readChannel(value: string): CodeChannel | null {
  return codeChannels.find((channel) => values[channel] === value) ?? null;
}
