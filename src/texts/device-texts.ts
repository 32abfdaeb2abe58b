import { catalogue, type Voice } from '#src/texts/language.ts';

export const browsers = ['firefox', 'chrome', 'safari', 'edge', 'samsung', 'opera', 'other'] as const;
export const systems = [
  'android',
  'iphone',
  'ipad',
  'windows',
  'mac',
  'chromebook',
  'linux',
  'other',
] as const;

/** A browser as its owner may recognise it, and as millions share it: neither a version nor a model. */
export type DeviceKind = Readonly<{
  browser: (typeof browsers)[number];
  system: (typeof systems)[number];
}>;

const names = {
  firefox: 'Firefox',
  chrome: 'Chrome',
  safari: 'Safari',
  edge: 'Edge',
  samsung: 'Samsung Internet',
  opera: 'Opera',
  android: 'Android',
  iphone: 'iPhone',
  ipad: 'iPad',
  windows: 'Windows',
  mac: 'Mac',
  chromebook: 'Chromebook',
  linux: 'Linux',
} as const;

const texts = catalogue({
  fr: {
    browser: 'Un navigateur',
    on: 'sur',
    unknown: 'Un navigateur que nous ne reconnaissons pas',
  },
  en: { browser: 'A browser', on: 'on', unknown: 'A browser that we do not recognise' },
});

/** «Firefox sur Android», “Firefox on Android”. */
export function deviceName({ browser, system }: DeviceKind, voice: Voice): string {
  const t = texts[voice];
  if (system === 'other') return browser === 'other' ? t.unknown : names[browser];
  const named = browser === 'other' ? t.browser : names[browser];
  return `${named} ${t.on} ${names[system]}`;
}

/** The kind of a stored browser; `other` for a word that is no longer ours. */
export function deviceKind({ browser, system }: { browser: string; system: string }): DeviceKind {
  return {
    browser: browsers.find((one) => one === browser) ?? 'other',
    system: systems.find((one) => one === system) ?? 'other',
  };
}
