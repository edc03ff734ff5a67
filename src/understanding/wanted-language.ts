/** Which language a "please speak …" asks for; `undefined` when it names none or several. */
import { languageRows } from '../languages'
import { languages, type Language } from '../topics'

export const wantedLanguage = (text: string): Language | undefined => {
  const named = languages.filter((language) => languageRows[language].called.test(text))
  return named.length === 1 ? named[0] : undefined
}
