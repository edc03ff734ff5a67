/** What a role look-up says to the person: never a "no" after an error. */
import type { Block, Button, Reply } from '../cards/reply'
import { reply } from '../cards/reply'
import { reasons, type Limit, type Standing, type UnknownReason, type Verdict } from '../directory'
import { words } from '../guides/words'
import type { Run } from '../runs/run'
import type { Language } from '../topics'
import { arrange, more, openButton, press, supportButton, topicButton } from './buttons'
import { foreign } from './foreign'
import { limitLines } from './limits'

/** A verdict with where it holds. */
export type RoleLook = Verdict & { readonly standing?: Standing; readonly signedIn?: boolean }

interface Said {
  readonly look: 'good' | 'warning' | 'emphasis' | 'accent'
  readonly title: string
  readonly text: string
}

/** Whether a role that is not active could be: looked up, or, where that was not allowed, left to the person. */
export const activatingLine = (limits: readonly Limit[], language: Language): readonly string[] => {
  const { t } = words(language)
  const unseen = limits.find(({ what }) => what === 'eligible-roles')
  if (!unseen) return [t('verdict.cannotLooked')]
  return unseen.reason === 'not-licensed' ? [] : [t('verdict.cannotPim')]
}

const describe = (look: RoleLook, language: Language): Said => {
  const { t } = words(language)
  const named = 'roles' in look ? look.roles.map((role) => t(`roles.${role}`)).join(', ') : ''
  const { tenantName } = look.standing ?? {}
  const where = tenantName ? t('verdict.inTenant', { name: foreign(tenantName) }) : t('verdict.inThisTenant')
  switch (look.kind) {
    case 'can':
      return { look: 'good', title: `✔ ${t('verdict.can')}`, text: t('verdict.canText', { roles: named, where }) }
    case 'can-after-activating':
      return { look: 'accent', title: t('verdict.activate'), text: t('verdict.activateText', { roles: named, where }) }
    case 'cannot':
      return {
        look: 'warning',
        title: `✘ ${t('verdict.cannot')}`,
        text: [t('verdict.cannotText', { where }), ...activatingLine(look.limits, language)].join(' '),
      }
    case 'unknown':
      return {
        look: 'emphasis',
        title: `? ${t(look.reason === 'sign-in-first' ? 'verdict.signInFirst' : 'verdict.unknown')}`,
        text: `${t(`reasons.${look.reason}`)} ${t('verdict.unknownMeans')}`,
      }
  }
}

/** The verdict, and what it leaves out or holds for: a guest's role is one in another organization than their own. */
export const roleBlocks = (look: RoleLook, language: Language): readonly Block[] => {
  const { t } = words(language)
  const { guest, tenantName } = look.standing ?? {}
  const lines = 'limits' in look ? limitLines(look.limits, language) : []
  return [
    { kind: 'box', ...describe(look, language) },
    ...(guest
      ? [{ kind: 'box', look: 'accent', title: '', text: t('verdict.guest', { name: tenantName ? ` (${foreign(tenantName)})` : '' }) } satisfies Block]
      : []),
    ...lines.map((text): Block => ({ kind: 'small', text })),
  ]
}

/** Where signing in, or signing in anew, would change the answer. */
export const asksForSignIn = (reason: UnknownReason): boolean => reasons[reason].curedBy === 'signing-in'

/** Where it might, for who signed in before: a policy may want another way of signing in. */
export const isCuredBySignIn = (reason: UnknownReason): boolean => asksForSignIn(reason) || reasons[reason].curedBy === 'another-sign-in'

export const signInButton = (run: Run): Button => press(run.language, 'buttons.signIn', 'sign-in', { run })

/** What helps with this very verdict, before anything else. */
export const roleButtons = (look: RoleLook, run: Run): readonly Button[] => {
  const { language } = run
  if (look.kind === 'can-after-activating') return [openButton(words(language).t('buttons.openPim'), 'https://entra.microsoft.com')]
  if (look.kind !== 'unknown') return []
  if (reasons[look.reason].curedBy === 'another-account') return [topicButton(language, 'which-account')]
  return asksForSignIn(look.reason) || (look.signedIn && isCuredBySignIn(look.reason)) ? [signInButton(run)] : []
}

/** The first card of `check-role`. */
export const roleReply = (run: Run, look: RoleLook): Reply => {
  const { language } = run
  const { t } = words(language)
  const { title } = describe(look, language)
  const isAnswered = look.kind !== 'unknown'
  const [verdict, ...qualified] = roleBlocks(look, language)
  const blocks: Block[] = [...(verdict?.kind === 'box' ? [{ ...verdict, title: '' }] : []), ...qualified]
  if (look.kind === 'can') blocks.push({ kind: 'box', look: 'emphasis', title: '', text: t('verdict.canWarn') })
  if (look.kind === 'cannot') blocks.push({ kind: 'box', look: 'emphasis', title: t('verdict.ask'), text: t('verdict.askText') })
  if (isAnswered)
    blocks.push({ kind: 'box', look: 'emphasis', title: t('verdict.azureTitle'), text: t('verdict.azureText') }, { kind: 'small', text: t('verdict.read') })
  return reply({
    language,
    eyebrow: t('verdict.eyebrow'),
    title,
    blocks,
    buttons: arrange([
      ...(look.kind === 'can' ? [topicButton(language, 'm365-for-azure')] : roleButtons(look, run)),
      press(language, 'buttons.checkAgain', 'check-again', { run }),
      press(language, 'buttons.byHand', 'proceed', { run }),
      ...(look.kind === 'cannot' ? [topicButton(language, 'find-admin')] : [topicButton(language, 'required-role')]),
      more(supportButton(language)),
      more(press(language, 'buttons.leave', 'cancel', { run })),
    ]),
  })
}
