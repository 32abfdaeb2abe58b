import { alertsTable } from './alerts.ts';
import { metricsTable } from './metrics.ts';

const sections: Readonly<Record<string, () => string>> = { metrics: metricsTable, alerts: alertsTable };

/**
 * The operations guide with its generated parts: each is between `<!-- name: npm run docs -->` and the next
 * `<!-- end -->`. Throws when a part has no such place.
 */
export function operationsDocument(written: string): string {
  return Object.entries(sections).reduce((text, [name, made]) => {
    const place = new RegExp(`(<!-- ${name}: npm run docs -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`docs/operations.md has no place for ${name}`);
    return text.replace(place, (_all, before: string, after: string) => `${before}\n${made()}\n\n${after}`);
  }, written);
}
