import type { DeviceKind } from '#src/texts/device-texts.ts';

/** The first that matches: browsers and systems name those that they descend from. */
const browserWords: readonly (readonly [RegExp, DeviceKind['browser']])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'edge'],
  [/\bOPR\/|\bOpera\b/, 'opera'],
  [/\bSamsungBrowser\//, 'samsung'],
  [/\bFirefox\/|\bFxiOS\//, 'firefox'],
  [/Chrom(?:e|ium)\/|\bCriOS\//, 'chrome'],
  [/\bSafari\//, 'safari'],
];
const systemWords: readonly (readonly [RegExp, DeviceKind['system']])[] = [
  [/\biPhone\b|\biPod\b/, 'iphone'],
  [/\biPad\b/, 'ipad'],
  [/\bAndroid\b/, 'android'],
  [/\bWindows\b/, 'windows'],
  [/\bCrOS\b/, 'chromebook'],
  [/\bMacintosh\b|\bMac OS X\b/, 'mac'],
  [/\bLinux\b/, 'linux'],
];

/** Reads the `User-Agent` of a request into one of a few dozen kinds; nothing else of it is kept. */
export function readDeviceKind(userAgent: string): DeviceKind {
  const text = userAgent.slice(0, 512);
  return {
    browser: browserWords.find(([word]) => word.test(text))?.[1] ?? 'other',
    system: systemWords.find(([word]) => word.test(text))?.[1] ?? 'other',
  };
}
