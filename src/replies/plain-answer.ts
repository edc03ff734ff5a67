/** The answer to a topic as plain text, for the command line and for authors. */
import { guideOf } from '../guides'
import { words } from '../guides/words'
import { isAnswer, isScenario, type Control, type Language, type Topic } from '../topics'
import type { Reply } from '../cards/reply'
import { answerReply } from './answer'
import { feedbackReply, helloReply, helpReply, languageChoiceReply, noGuideReply, privacyReply, signOutReply, thanksReply } from './talk'

const controls = {
  greeting: helloReply,
  help: helpReply,
  cancel: (language) => noGuideReply(language, 'talk.cancelNone'),
  restart: noGuideReply,
  thanks: thanksReply,
  language: languageChoiceReply,
  'sign-out': (language) => signOutReply(language, 'nobody'),
  feedback: feedbackReply,
  privacy: privacyReply,
} satisfies Record<Control, (language: Language) => Reply>

const plainGuide = (topic: Parameters<typeof guideOf>[0], language: Language): string => {
  const { t } = words(language)
  const guide = guideOf(topic, language)
  const steps = guide.steps.map(({ title, instruction, link }, index) => `${index + 1}. **${title}**\n${instruction}\n${link.url}`)
  const need = guide.before?.need.map((item) => `- ${item}`) ?? []
  return [
    `**${guide.title}**`,
    guide.summary,
    guide.before?.role.text ?? '',
    need.length > 0 ? [t('guide.need'), ...need].join('\n') : '',
    ...steps,
    [t('guide.verify'), ...guide.end.verify.map((item) => `- ${item.text}`)].join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n')
}

export const plainAnswer = (topic: Topic, language: Language): string => {
  if (isScenario(topic)) return plainGuide(topic, language)
  if (isAnswer(topic)) return answerReply({ topic, language, publicUrl: undefined }).text
  return controls[topic](language).text
}
