/** The form behind a thumb: reasons to tick, and room for words. */
import { words } from '../guides/words'
import type { Reason } from '../insight/noted'
import type { Language } from '../topics'
import { fill, type Card } from './render'

/** `keepsText`: what is written is kept, which the form says. */
export const feedbackForm = (language: Language, direction: 'up' | 'down', reasons: readonly Reason[], keepsText: boolean): Card => {
  const { t } = words(language)
  return fill('feedback-form', {
    lang: language,
    question: t(`feedback.${direction}`),
    choices: reasons.map((value) => ({ title: t(`feedback.${value}`), value })),
    label: t(keepsText ? 'feedback.commentKept' : 'feedback.comment'),
    note: t('feedback.note'),
    send: t('feedback.send'),
  }) as Card
}
