/** Which language is an answer in? The message's own when it is clear, then the one chosen, then that of the client. */
import type { Language } from '../topics'
import { languageOfCommand } from '../understanding/commands'
import { languageOf } from '../understanding/language'
import type { Press } from '../verbs/action'
import type { Written } from './incoming'

/** Words of a command say it more surely than their letters. */
export const languageWritten = (text: string): Written => languageOfCommand(text) ?? languageOf(text)

interface Heard {
  readonly text: string
  readonly press: Press | undefined
  readonly clientLanguage: Language | undefined
}

/** `chosen`: by the person, or what a shared guide is in. */
export const languageOfAnswer = ({ text, press, clientLanguage }: Heard, chosen: Language | undefined): Language => {
  if (press) return press.action.lang
  const written = languageWritten(text)
  return (written === 'other' ? undefined : written) ?? chosen ?? clientLanguage ?? 'en'
}
