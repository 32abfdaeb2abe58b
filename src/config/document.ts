import { environmentSchema, explanations } from '#src/config/schema.ts';

const introduction = `# Configuration

The service reads the environment variables below, once, at start. With none of them it runs the demo.
A variable that is empty counts as not set. What is wrong is said all at once, one line for each variable,
without its value, and the service does not start.

What differs from one caisse to another (rules, deadlines, texts) is not here but in the policy file.
`;

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** The text of docs/configuration.md, from the schema alone. */
export function configurationDocument(): string {
  const rows = Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const told = explanations.get(schema);
    if (!told) throw new Error(`${name} is not explained`);
    const fixed = schema.safeParse(undefined);
    const byDefault =
      fixed.success && fixed.data !== undefined ? `\`${fixed.data}\`` : (told.unset ?? 'none');
    const marks = [told.required ? 'needed in production' : '', told.secret ? 'secret' : ''].filter(Boolean);
    return `| \`${name}\` | ${cell(told.meaning)} | ${cell(byDefault)} | \`${cell(told.example)}\` | ${marks.join(', ')} |`;
  });
  return `${introduction}
| Variable | Meaning | Default | Example | |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
