import { spawnSync } from 'node:child_process';

/** What Prometheus’ own tool says of the alerts that are shipped: `npm run alerts`, where promtool is installed. */
const checks = [
  ['check', 'config', 'prometheus.yml'],
  ['check', 'rules', 'prometheus-rules.yml'],
  ['test', 'rules', 'prometheus-rules-test.yml'],
];

for (const args of checks) {
  const { status, error } = spawnSync('promtool', args, {
    cwd: new URL('../deploy/', import.meta.url),
    stdio: 'inherit',
  });
  if (error) process.stderr.write('promtool is not installed: it comes with Prometheus\n');
  if (status !== 0) process.exitCode = 1;
}
