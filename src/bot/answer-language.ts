/** Which language an answer is in: the message's own when it is clear, then the person's choice, then their Teams. */
import type { TurnContext } from 'botbuilder'
import type { Person } from '../runs/person'
import type { Language } from '../topics'
import type { Incoming, Written } from '../turn'
import { languageOf as languageOfText } from '../understanding/language'
import { incomingOf } from './incoming'

export const answerLanguage = (written: Written, { press, clientLanguage }: Incoming, person: Person | undefined): Language => {
  if (press) return press.action.lang
  return (written === 'other' ? undefined : written) ?? person?.language ?? clientLanguage ?? 'en'
}

const key = Symbol('language of the answer')

/** Keeps at hand what the turn knows of it, in case the turn fails. */
export const noteLanguage = (context: TurnContext, language: () => Language): void => void context.turnState.set(key, language)

/** The language to say sorry in: the turn's, or what the activity alone tells. */
export const languageOfApology = (context: TurnContext): Language => {
  const known = context.turnState.get<(() => Language) | undefined>(key)
  if (known) return known()
  const incoming = incomingOf(context.activity)
  return incoming ? answerLanguage(languageOfText(incoming.text), incoming, undefined) : 'en'
}
