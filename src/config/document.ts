import { explanations } from '#src/config/explained.ts';
import { environmentSchema } from '#src/config/schema.ts';
import { fileSetting } from '#src/config/secrets/secret-files.ts';

const introduction = `# Configuration

The service reads the environment variables below once, at start. With none of them it runs the demo.
An empty variable counts as not set. When variables are wrong, the service lists them all, one line each and without
their values, and does not start.

A secret may be in a file instead, as containers and systemd give them: the variable with \`_FILE\` at its end is the path of
that file, of 64 KiB at most. Its last line break is not part of the secret. Setting both is refused.

What differs between caisses (rules, deadlines, texts) is in the policy file.
`;

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** The text of docs/configuration.md, made from the schema alone. */
export function configurationDocument(): string {
  const rows = Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const explanation = explanations.get(schema);
    if (!explanation) throw new Error(`${name} is not explained`);
    const fixed = schema.safeParse(undefined);
    const byDefault =
      fixed.success && fixed.data !== undefined ? `\`${fixed.data}\`` : (explanation.unset ?? 'none');
    const marks = [
      explanation.required ? 'needed in production' : '',
      explanation.secret ? `secret, or \`${fileSetting(name)}\`` : '',
    ].filter(Boolean);
    return `| \`${name}\` | ${cell(explanation.meaning)} | ${cell(byDefault)} | \`${cell(explanation.example)}\` | ${marks.join(', ')} |`;
  });
  return `${introduction}
| Variable | Meaning | Default | Example | |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
