import { registerHooks } from 'node:module';

const source = new URL('../', import.meta.url).href;
/** What our files import of packages and of Node, by its name: the same for each of them. */
const known = new Map();

// Node would look for links and for every package.json on the way to each import, which is a third of the time that a
// start takes. Ours name their file exactly, or a package that many others have named; the two largest packages name
// their files exactly too.
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('#src/') && specifier.endsWith('.ts'))
      return { url: source + specifier.slice(5), format: 'module-typescript', shortCircuit: true };
    const { parentURL = '' } = context;
    if (/^\.\.?\/.*\.js$/.test(specifier) && /\/node_modules\/(kysely|zod)\//.test(parentURL))
      return { url: new URL(fileOf(specifier), parentURL).href, format: 'module', shortCircuit: true };
    if (!parentURL.startsWith(source) || !/^[a-z@]/.test(specifier)) return nextResolve(specifier, context);
    if (!known.has(specifier)) known.set(specifier, nextResolve(specifier, context));
    return { ...known.get(specifier), shortCircuit: true };
  },
});

/** Of zod’s messages in 60 languages, one file each, people see none: English stands for all of them. */
function fileOf(specifier) {
  return specifier === '../locales/index.js' ? '../locales/en.js' : specifier;
}
