/** What a role look-up says to the person: never a "no" after an error. */
import type { Block, Reply } from '../cards/reply'
import { reply } from '../cards/reply'
import type { Verdict } from '../directory'
import { words } from '../guides/words'
import type { Run } from '../runs/run'
import type { Language } from '../topics'
import { arrange, more, openButton, press, supportButton, topicButton } from './buttons'

/** A verdict, or the reason why it is not shown here: others read along. */
export type RoleLook = Verdict | { readonly kind: 'shared' }

interface Said {
  readonly look: 'good' | 'warning' | 'emphasis' | 'accent'
  readonly title: string
  readonly text: string
}

const said = (look: RoleLook, language: Language): Said => {
  const { t } = words(language)
  const named = 'roles' in look ? look.roles.map((role) => t(`roles.${role}`)).join(', ') : ''
  switch (look.kind) {
    case 'can':
      return { look: 'good', title: `✔ ${t('verdict.can')}`, text: t('verdict.canText', { roles: named }) }
    case 'can-after-activating':
      return { look: 'accent', title: t('verdict.activate'), text: t('verdict.activateText', { roles: named }) }
    case 'cannot':
      return { look: 'warning', title: `✘ ${t('verdict.cannot')}`, text: `${t('verdict.cannotText')} ${t('verdict.cannotPim')}` }
    case 'unknown':
      return {
        look: 'emphasis',
        title: `? ${t('verdict.unknown')}`,
        text: `${t(`reasons.${look.reason}`)} ${t('verdict.unknownMeans')}`,
      }
    case 'shared':
      return { look: 'emphasis', title: t('verdict.sharedTitle'), text: t('verdict.shared') }
  }
}

export const roleBox = (look: RoleLook, language: Language): Block => ({ kind: 'box', ...said(look, language) })

/** The first card of `check-role`. */
export const roleReply = (run: Run, look: RoleLook, privateChatUrl: string): Reply => {
  const { language } = run
  const { t } = words(language)
  const { title, text, look: tone } = said(look, language)
  const answered = look.kind !== 'unknown' && look.kind !== 'shared'
  const blocks: Block[] = [{ kind: 'box', look: tone, title: '', text }]
  if (look.kind === 'can') blocks.push({ kind: 'box', look: 'emphasis', title: '', text: t('verdict.canWarn') })
  if (look.kind === 'cannot') blocks.push({ kind: 'box', look: 'emphasis', title: t('verdict.ask'), text: t('verdict.askText') })
  if (answered)
    blocks.push({ kind: 'box', look: 'emphasis', title: t('verdict.azureTitle'), text: t('verdict.azureText') }, { kind: 'small', text: t('verdict.read') })
  return reply({
    language,
    eyebrow: t('verdict.eyebrow'),
    title,
    blocks,
    buttons: arrange([
      ...(look.kind === 'can' ? [topicButton(language, 'm365-for-azure')] : []),
      ...(look.kind === 'shared' ? [openButton(t('buttons.privateChat'), privateChatUrl)] : [press(language, 'buttons.checkAgain', 'check-again', { run })]),
      press(language, 'buttons.byHand', 'proceed', { run }),
      ...(look.kind === 'cannot' ? [topicButton(language, 'find-admin')] : [topicButton(language, 'required-role')]),
      more(supportButton(language)),
      more(press(language, 'buttons.leave', 'cancel', { run })),
    ]),
  })
}
