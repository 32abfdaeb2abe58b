import { appTexts } from '#src/installable/texts.ts';
import { paths } from '#src/paths.ts';
import type { Policy } from '#src/policy/schema.ts';
import { assetUrl } from '#src/web/http/assets.ts';
import { themeColour } from '#src/web/layout.ts';

/** The web app manifest. In French: it is requested without cookies, so without a language. */
export function manifest({ serviceName }: Pick<Policy, 'serviceName'>): Readonly<Record<string, unknown>> {
  const t = appTexts.fr;
  const png = (
    name: 'icon-192.png' | 'icon-512.png' | 'icon-maskable.png',
    size: number,
    purpose: string,
  ) => ({
    src: assetUrl(name),
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  return {
    id: paths.app,
    name: t.title(serviceName),
    short_name: serviceName,
    lang: 'fr',
    dir: 'ltr',
    start_url: paths.app,
    scope: '/',
    display: 'standalone',
    theme_color: themeColour,
    background_color: '#ffffff',
    categories: ['health', 'government'],
    icons: [
      { src: assetUrl('icon.svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      png('icon-192.png', 192, 'any'),
      png('icon-512.png', 512, 'any'),
      png('icon-maskable.png', 512, 'maskable'),
    ],
    shortcuts: [
      { name: t.have, url: paths.signIn },
      { name: t.none, url: paths.identity },
    ],
  };
}
