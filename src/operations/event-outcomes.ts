/** What can become of each event, where that is a closed list: how `compte_events_total` may be labelled. */
export const knownOutcomes = {
  requestFailed: ['broken'],
  shed: ['passwords', 'event-loop', 'database', 'flood', 'stopping'],
  unreadable: ['line', 'headers', 'time', 'expectation', 'method'],
  noticeSettled: [
    'handed-over',
    'deferred',
    'refused',
    'withheld',
    'skipped',
    'delivered',
    'delayed',
    'bounced',
  ],
  jobFailed: ['queues', 'deliver-notice', 'housekeeping'],
  deliveryFailed: ['deliver-notice'],
  backgroundFailed: [
    'listener',
    'watch',
    'share-request-counts',
    'read-caisses',
    'look-at-rows',
    'count-rows',
    'print-letters',
  ],
  providerFailed: ['unreachable'],
} as const;
