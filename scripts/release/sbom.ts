import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { table } from '../docs/markdown.ts';

/**
 * What an installation consists of, from the lock file alone: `npm run sbom` writes a CycloneDX document and a list of
 * licences into `release/`. The same lock file gives the same bytes.
 */

const root = new URL('../../', import.meta.url);

const lockSchema = z.object({
  name: z.string(),
  version: z.string(),
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().default(''),
      license: z.string().optional(),
      integrity: z.string().optional(),
      dev: z.boolean().default(false),
      optional: z.boolean().default(false),
      dependencies: z.record(z.string(), z.string()).default({}),
      optionalDependencies: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

/** Licences that a manifest does not say, or writes in its own way: read in the package. */
const licences: Readonly<Record<string, string>> = {
  'png-js': 'MIT',
  'dejavu-fonts-ttf': 'Bitstream-Vera',
};

export interface Package {
  /** Where it is installed: `node_modules/pg`. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Of other platforms, or a faster variant of something that is there anyway. */
  readonly optional: boolean;
  /** SHA-512 of the package, in hexadecimal. */
  readonly sha512: string;
  /** Folders of the packages that it loads. */
  readonly needs: readonly string[];
}

export interface Inventory {
  readonly name: string;
  readonly version: string;
  /** Folders of the packages that the program itself loads. */
  readonly needs: readonly string[];
  readonly packages: readonly Package[];
}

/** What `npm ci --omit=dev` installs. */
export function inventory(): Inventory {
  const lock = lockSchema.parse(JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')));
  const installed = Object.entries(lock.packages).filter(([folder, { dev }]) => folder !== '' && !dev);
  const folders = new Set(installed.map(([folder]) => folder));
  const needsOf = (folder: string): readonly string[] => {
    const { dependencies = {}, optionalDependencies = {} } = lock.packages[folder] ?? {};
    const names = Object.keys({ ...dependencies, ...optionalDependencies });
    return names.flatMap((name) => folderOf(folders, folder, name) ?? []).toSorted();
  };
  return {
    name: lock.name,
    version: lock.version,
    needs: needsOf(''),
    packages: installed.map(([folder, { version, license, optional, integrity = '' }]) => {
      const name = folder.split('node_modules/').at(-1) ?? folder;
      return {
        folder,
        name,
        version,
        licence: licences[name] ?? (license ?? 'unknown').replace(/^\((.*)\)$/, '$1').replace(' or ', ' OR '),
        optional,
        sha512: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
        needs: needsOf(folder),
      };
    }),
  };
}

/** As Node resolves it: beside the package, or in a folder above. */
function folderOf(folders: ReadonlySet<string>, from: string, name: string): string | null {
  const candidate = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (folders.has(candidate)) return candidate;
  return from === ''
    ? null
    : folderOf(folders, from.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ''), name);
}

function purl({ name, version }: Pick<Package, 'name' | 'version'>): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** CycloneDX 1.6. */
export function bill({ name, version, needs, packages }: Inventory) {
  const own = purl({ name, version });
  const refs = new Map(packages.map((one) => [one.folder, refOf(one)]));
  const refsOf = (folders: readonly string[]) => folders.flatMap((folder) => refs.get(folder) ?? []);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name,
        version,
        purl: own,
        licenses: licenceOf('MIT'),
      },
    },
    components: packages.map((one) => ({
      type: 'library',
      'bom-ref': refOf(one),
      ...groupOf(one.name),
      version: one.version,
      scope: one.optional ? 'optional' : 'required',
      purl: purl(one),
      hashes: [{ alg: 'SHA-512', content: one.sha512 }],
      licenses: licenceOf(one.licence),
    })),
    dependencies: [
      { ref: own, dependsOn: refsOf(needs) },
      ...packages.map((one) => ({ ref: refOf(one), dependsOn: refsOf(one.needs) })),
    ],
  };
}

/** A package may be installed twice, in two folders. */
function refOf(one: Package): string {
  return `${purl(one)}#${one.folder}`;
}

function groupOf(name: string) {
  const [group, inside] = name.split('/');
  return inside === undefined ? { name } : { group, name: inside };
}

function licenceOf(licence: string) {
  return / (OR|AND) /.test(licence) ? [{ expression: licence }] : [{ license: { id: licence } }];
}

export function licenceList({ name, version, packages }: Inventory): string {
  const rows = packages.map((one) => [one.name, one.version, one.licence, one.optional ? 'optional' : '']);
  return `# Licences of ${name} ${version}

${name} itself: MIT. The text of each licence is in the package, below \`node_modules/\`.

${table(['Package', 'Version', 'Licence', ''], rows)}
`;
}

/** Writes both into a folder. */
export function writeInventory(folder: URL): void {
  const all = inventory();
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('sbom.cdx.json', folder), `${JSON.stringify(bill(all), null, 2)}\n`);
  writeFileSync(new URL('licences.md', folder), licenceList(all));
}

if (import.meta.main) {
  writeInventory(new URL('release/', root));
  process.stdout.write('wrote release/sbom.cdx.json and release/licences.md\n');
}
