import { type ConfigData, HtmlValidate, StaticConfigLoader } from 'html-validate';

/** What html-validate finds in one page, under the rules of `settings`. */
export function markupValidator(settings: ConfigData): (html: string) => Promise<string[]> {
  const validator = new HtmlValidate(new ResolvedOnce(settings));
  return async (html) => {
    const { results } = await validator.validateString(html);
    return results.flatMap(({ messages }) =>
      messages.map(({ line, ruleId, message }) => `line ${line}, ${ruleId}: ${message}`),
    );
  };
}

/** The same rules for each page: to resolve them again takes a third of the time of a page. */
class ResolvedOnce extends StaticConfigLoader {
  #resolved: ReturnType<StaticConfigLoader['getConfigFor']> | undefined;

  override getConfigFor(handle: string): ReturnType<StaticConfigLoader['getConfigFor']> {
    this.#resolved ??= super.getConfigFor(handle);
    return this.#resolved;
  }
}
