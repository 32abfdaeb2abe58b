/** One thing examined; `warning` does not keep the service from running. */
export interface Finding {
  readonly about: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly detail: string;
}
