import { z } from 'zod'
import { languageOfTag } from '../languages'
import type { Language } from '../topics'
import type { BotAnswer } from './call-bot'

/** What Teams makes of the bot's answer to `Action.Execute`: a new card in place of the old one, or a line of text. */
export interface Outcome {
  readonly card?: unknown
  readonly notice?: string
}

const answerBody = z.object({ statusCode: z.number(), type: z.string(), value: z.unknown() })
const errorValue = z.object({ message: z.string().min(1) })

const noAnswer: Readonly<Record<Language, string>> = {
  en: 'The app did not answer. Try again.',
  fr: 'L’application n’a pas répondu. Réessayez.',
}

const sorry = (locale: string): Outcome => ({ notice: noAnswer[languageOfTag(locale) ?? 'en'] })

const readings: Readonly<Record<string, (value: unknown) => Outcome | undefined>> = {
  'application/vnd.microsoft.card.adaptive': (card) => ({ card }),
  'application/vnd.microsoft.activity.message': (value) => (typeof value === 'string' ? { notice: value } : undefined),
  'application/vnd.microsoft.error': (value) => {
    const { data } = errorValue.safeParse(value)
    return data && { notice: data.message }
  },
}

export const readInvokeAnswer = ({ status, body }: BotAnswer, locale: string): Outcome => {
  const { data } = answerBody.safeParse(body)
  if (!data) return status === 200 && body === undefined ? {} : sorry(locale)
  return readings[data.type]?.(data.value) ?? sorry(locale)
}
