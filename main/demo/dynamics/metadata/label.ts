/** A text of the metadata in the languages that it was written in. The user of the sample environment reads English. */

const english = 1033;
const norwegian = 1044;

const localized = (text: string, language: number) => ({ Label: text, LanguageCode: language, IsManaged: true, HasChanged: null });

/** `inUserLanguage` false: written in another language only, so that `UserLocalizedLabel` is null. An empty text was never written. */
export function label(text: string, inUserLanguage = true) {
  if (text === '') return { LocalizedLabels: [], UserLocalizedLabel: null };
  if (!inUserLanguage) return { LocalizedLabels: [localized(text, norwegian)], UserLocalizedLabel: null };
  return { LocalizedLabels: [localized(text, english)], UserLocalizedLabel: localized(text, english) };
}
