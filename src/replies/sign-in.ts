/** What is said when a sign-in did not come to its end: always with the way to go on without, and to try again. */
import type { ActionData } from '../verbs/action'
import { reply, type Button, type Reply } from '../cards/reply'
import type { UnknownReason } from '../directory'
import { words } from '../guides/words'
import type { Language } from '../topics'
import { arrange, more, primary, supportButton, topicButton } from './buttons'

/** How a sign-in ended without one; a reason stands for a token store that did not answer, or a token that was refused. */
export type SignInTrouble = 'declined' | 'failed' | 'late' | 'wrong-code' | UnknownReason

const titled = ['declined', 'failed', 'late', 'wrong-code'] as const
const isTitled = (trouble: SignInTrouble): trouble is (typeof titled)[number] => titled.some((each) => each === trouble)

const button = (language: Language, title: string, { verb, topic, step, run }: ActionData): Button => ({
  kind: 'press',
  title,
  action: { verb, ...(topic && { topic }), ...(step !== undefined && { step }), ...(run !== undefined && { run }), lang: language },
  more: false,
})

/** The card that waited for the sign-in, without it; where that was a look-up and nothing more, the way to look by hand. */
const withoutSignIn = (language: Language, waiting: ActionData): Button => {
  const title = words(language).t('buttons.withoutSignIn')
  if (waiting.run === undefined) return button(language, title, waiting)
  const isLookUp = waiting.topic === 'check-role' || waiting.topic === 'verify-setup'
  return button(language, title, { ...waiting, verb: isLookUp ? 'proceed' : 'resume' })
}

/** `waiting`: what was to be looked up. */
export const signInReply = (language: Language, trouble: SignInTrouble, waiting: ActionData | undefined): Reply => {
  const { t } = words(language)
  return reply({
    language,
    eyebrow: t('signIn.eyebrow'),
    title: t(isTitled(trouble) ? `signIn.${trouble}` : 'signIn.notNow'),
    blocks: [{ kind: 'text', text: isTitled(trouble) ? t(`signIn.${trouble}Text`) : t(`reasons.${trouble}`) }],
    buttons: arrange([
      ...(waiting ? [primary(withoutSignIn(language, waiting)), button(language, t('buttons.signIn'), { ...waiting, verb: 'sign-in' })] : []),
      topicButton(language, 'help', t('buttons.help')),
      more(supportButton(language)),
    ]),
  })
}
