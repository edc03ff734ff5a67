/** What an answer of the directory leaves out, and why: a line for the person each. */
import type { Limit } from '../directory'
import { words } from '../guides/words'
import type { Language } from '../topics'

export const limitLines = (limits: readonly Limit[], language: Language): readonly string[] => {
  const { t } = words(language)
  return limits.map(({ what, reason }) => `${t(`limits.${what}`)} ${t(`reasons.${reason}`)}`)
}
