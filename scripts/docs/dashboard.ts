import { scrapeJob } from './alerts.ts';

/** One graph of the dashboard: what it shows, in which unit of Grafana, and its expressions with the names of their lines. */
interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly lines: Readonly<Record<string, string>>;
}

interface Section {
  readonly title: string;
  readonly panels: readonly Panel[];
}

const rate = (metric: string) => `rate(${metric}[$__rate_interval])`;
const seconds = 'compte_http_request_duration_seconds';
const quantile = (share: number) =>
  `histogram_quantile(${share}, sum by (le) (${rate(`${seconds}_bucket`)}))`;
const events = (event: string) => `sum by (outcome) (${rate(`compte_events_total{event="${event}"}`)})`;

/** What is seen at a glance; a test checks each metric, label and value against the registry. */
export const sections: readonly Section[] = [
  {
    title: 'Visitors',
    panels: [
      {
        title: 'Responses by status',
        unit: 'reqps',
        lines: { '{{status}}': `sum by (status) (${rate(`${seconds}_count`)})` },
      },
      {
        title: 'Time of responses',
        unit: 's',
        lines: { median: quantile(0.5), '95 %': quantile(0.95), '99 %': quantile(0.99) },
      },
      {
        title: 'The ten slowest routes (95 %)',
        unit: 's',
        lines: {
          '{{route}}': `topk(10, histogram_quantile(0.95, sum by (le, route) (${rate(`${seconds}_bucket`)})))`,
        },
      },
      { title: 'Refused because of load', unit: 'reqps', lines: { '{{outcome}}': events('shed') } },
      {
        title: 'Forms by outcome',
        unit: 'reqps',
        lines: { '{{outcome}}': `sum by (outcome) (${rate('compte_enrolment_steps_total')})` },
      },
      {
        title: 'Forms passed, by step',
        unit: 'reqps',
        lines: {
          '{{step}}': `sum by (step) (${rate('compte_enrolment_steps_total{outcome="passed"}')})`,
        },
      },
      {
        title: 'Signs of guessing, last hour',
        unit: 'short',
        lines: {
          '{{kind}} {{spread}}': 'sum by (kind, spread) (increase(compte_attempts_spread_total[1h]))',
        },
      },
      {
        title: 'Passwords waiting to be hashed',
        unit: 'short',
        lines: { '{{instance}}': 'compte_password_lane_waiting' },
      },
    ],
  },
  {
    title: 'Messages and deposits',
    panels: [
      {
        title: 'Notices that wait',
        unit: 'short',
        lines: { '{{channel}} {{state}}': 'max by (channel, state) (compte_notices_waiting)' },
      },
      {
        title: 'The oldest that waits',
        unit: 's',
        lines: { '{{channel}} {{state}}': 'max by (channel, state) (compte_notices_oldest_waiting_seconds)' },
      },
      { title: 'Tries to send', unit: 'cps', lines: { '{{outcome}}': events('noticeSettled') } },
      {
        title: 'Refused, bounced or withheld within a day',
        unit: 'short',
        lines: {
          '{{channel}} {{state}}': 'max by (channel, state) (compte_notices_failed_last_day)',
          'dead letters': 'max(compte_notices_dead_letters)',
        },
      },
      {
        title: 'Deposits through the API',
        unit: 'cps',
        lines: { '{{sender}} {{outcome}}': `sum by (sender, outcome) (${rate('compte_deposits_total')})` },
      },
      {
        title: 'Documents that cannot go on paper',
        unit: 'short',
        lines: { '{{because}}': 'max by (because) (compte_documents_held)' },
      },
      {
        title: 'Overdue: mails of deposits, answers of the printer',
        unit: 's',
        lines: {
          'mails of deposits': 'max(compte_avis_oldest_overdue_seconds)',
          printer: 'max(compte_letters_oldest_unanswered_batch_seconds)',
        },
      },
      {
        title: 'Since each duty last succeeded',
        unit: 's',
        lines: { '{{duty}}': 'max by (duty) (compte_job_last_success_age_seconds)' },
      },
    ],
  },
  {
    title: 'Processes',
    panels: [
      {
        title: 'Ready, and answering',
        unit: 'short',
        lines: { '{{instance}} ready': 'compte_ready', '{{instance}} up': `up{job="${scrapeJob}"}` },
      },
      {
        title: 'Checks that fail',
        unit: 'short',
        lines: { '{{instance}} {{check}}': 'compte_check_ok == 0' },
      },
      {
        title: 'Memory',
        unit: 'bytes',
        lines: { '{{instance}}': 'compte_process_resident_memory_bytes' },
      },
      {
        title: 'CPU',
        unit: 'percentunit',
        lines: { '{{instance}}': rate('compte_process_cpu_seconds_total') },
      },
      {
        title: 'Lateness of the event loop (99 %; one second of it is the measurement)',
        unit: 's',
        lines: { '{{instance}}': 'compte_nodejs_eventloop_lag_p99_seconds' },
      },
      {
        title: 'Connections and files, of those allowed',
        unit: 'percentunit',
        lines: { '{{instance}}': 'compte_process_open_fds / compte_process_max_fds' },
      },
      {
        title: 'Clock ahead of the database',
        unit: 's',
        lines: { '{{instance}}': 'compte_clock_skew_seconds' },
      },
      {
        title: 'Versions',
        unit: 'short',
        lines: { '{{role}} {{version}}': 'count by (role, version) (compte_build_info)' },
      },
    ],
  },
];

const [columns, width, height] = [24, 6, 7];
const source = { type: 'prometheus', uid: `\${datasource}` };

/** What Grafana imports, with Prometheus chosen when it does. */
export function dashboardFile(): string {
  let id = 0;
  let y = 0;
  const panels = sections.flatMap(({ title, panels: inside }) => {
    id += 1;
    const row = {
      id,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { x: 0, y, w: columns, h: 1 },
      panels: [],
    };
    y += 1;
    const graphs = inside.map((panel, index) => {
      id += 1;
      const x = (index * width) % columns;
      const gridPos = { x, y: y + Math.floor((index * width) / columns) * height, w: width, h: height };
      return { id, type: 'timeseries', gridPos, datasource: source, ...graph(panel) };
    });
    y += Math.ceil((inside.length * width) / columns) * height;
    return [row, ...graphs];
  });
  const dashboard = {
    uid: 'compte-assure',
    title: 'compte-assure',
    description: 'Generated by npm run docs: change scripts/docs/dashboard.ts instead.',
    schemaVersion: 39,
    tags: ['compte-assure'],
    timezone: 'browser',
    time: { from: 'now-6h', to: 'now' },
    refresh: '1m',
    templating: {
      list: [
        { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', current: {} },
      ],
    },
    panels,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

function graph({ title, unit, lines }: Panel) {
  return {
    title,
    fieldConfig: { defaults: { unit, min: unit === 's' ? undefined : 0 }, overrides: [] },
    targets: Object.entries(lines).map(([legendFormat, expr], index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: source,
      expr,
      legendFormat,
    })),
  };
}
