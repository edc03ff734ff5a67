/** What a role look-up says to the person: never a "no" after an error. */
import type { Block, Button, Reply, Unfolded } from '../cards/reply'
import { reply } from '../cards/reply'
import { reasons, sufficientRoles, type Limit, type Need, type Standing, type UnknownReason, type Verdict } from '../directory'
import { words } from '../guides/words'
import type { Run } from '../runs/run'
import type { Language } from '../topics'
import { arrange, more, openButton, press, primary, supportButton, topicButton } from './buttons'
import { foreign } from './foreign'
import { limitLines } from './limits'

/** A verdict with where it holds, and what it was looked up for; absent: buying Microsoft 365. */
export type RoleLook = Verdict & { readonly standing?: Standing; readonly signedIn?: boolean; readonly need?: Need }

/** What an open guide asks of a role: nothing, one in Azure beside that of who accepts, or the one looked up. */
export interface RolePurpose {
  /** Name of the guide. */
  readonly guide: string
  readonly kind: 'none' | 'azure-owner' | 'directory'
}

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

const namesOf = (look: RoleLook, language: Language): string => ('roles' in look ? look.roles.map((role) => words(language).t(`roles.${role}`)).join(', ') : '')

/** In which tenant it holds, named where its name is known. */
const whereOf = ({ standing }: RoleLook, language: Language): string => {
  const { t } = words(language)
  return standing?.tenantName ? t('verdict.inTenant', { name: foreign(standing.tenantName) }) : t('verdict.inThisTenant')
}

const whatFor = ({ need = 'buy-microsoft-365' }: RoleLook, language: Language): string => words(language).t(`needs.${need}`)

const sufficient = ({ need = 'buy-microsoft-365' }: RoleLook, language: Language): string =>
  sufficientRoles[need].map((role) => words(language).t(`roles.${role}`)).join(', ')

const isForBuying = ({ need = 'buy-microsoft-365' }: RoleLook): boolean => need === 'buy-microsoft-365'

const cannotText = (look: RoleLook, language: Language): string => {
  const { t } = words(language)
  return isForBuying(look)
    ? t('verdict.cannotText', { where: whereOf(look, language) })
    : t('verdict.cannotFor', { roles: sufficient(look, language), what: whatFor(look, language), where: whereOf(look, language) })
}

/** What to ask a colleague for. */
const askText = (look: RoleLook, language: Language): string => {
  const { t } = words(language)
  return isForBuying(look) ? t('verdict.askText') : t('verdict.askFor', { roles: sufficient(look, language), what: whatFor(look, language) })
}

/** The verdict in a sentence or two. */
const describe = (look: RoleLook, language: Language): Said => {
  const { t } = words(language)
  const named = namesOf(look, language)
  switch (look.kind) {
    case 'can':
      return {
        look: 'good',
        title: `✔ ${t('verdict.can')}`,
        text: t('verdict.canShort', { roles: named, what: whatFor(look, language), where: whereOf(look, language) }),
      }
    case 'can-after-activating':
      return { look: 'accent', title: t('verdict.activate'), text: t('verdict.activateShort', { roles: named, where: whereOf(look, language) }) }
    case 'cannot':
      return { look: 'warning', title: `✘ ${t('verdict.cannot')}`, text: cannotText(look, language) }
    case 'unknown':
      return {
        look: 'emphasis',
        title: `? ${t(look.reason === 'sign-in-first' ? 'verdict.signInFirst' : 'verdict.unknown')}`,
        text: `${t(`reasons.${look.reason}`)} ${t('verdict.unknownMeans')}`,
      }
  }
}

/** What goes with the verdict: in full, what it holds for, and what was not seen. */
const atLength = (look: RoleLook, language: Language): readonly Unfolded[] => {
  const { t } = words(language)
  const said = {
    can: () => (isForBuying(look) ? [t('verdict.canText', { roles: namesOf(look, language), where: whereOf(look, language) }), t('verdict.canWarn')] : []),
    'can-after-activating': () => [t('verdict.activateText', { roles: namesOf(look, language), where: whereOf(look, language) })],
    cannot: () => ('limits' in look ? activatingLine(look.limits, language) : []),
    unknown: () => [],
  } as const satisfies Record<RoleLook['kind'], () => readonly string[]>
  const limits = 'limits' in look ? limitLines(look.limits, language) : []
  return [...said[look.kind]().map((text): Unfolded => ({ kind: 'text', text })), ...limits.map((text): Unfolded => ({ kind: 'small', text }))]
}

export interface RoleSaid {
  readonly shown: readonly Unfolded[]
  /** For behind the fold of the card. */
  readonly folded: readonly Unfolded[]
}

/** The verdict, and what it leaves out or holds for: a guest's role is one in another organization than their own. */
export const roleSaid = (look: RoleLook, language: Language): RoleSaid => {
  const { guest, tenantName } = look.standing ?? {}
  // The others name the tenant themselves.
  const name = tenantName && look.kind === 'unknown' ? ` (${foreign(tenantName)})` : ''
  const text = words(language).t('verdict.guest', { name })
  return {
    shown: [{ kind: 'box', ...describe(look, language) }, ...(guest ? [{ kind: 'box', look: 'accent', title: '', text } satisfies Unfolded] : [])],
    folded: atLength(look, language),
  }
}

/** Where signing in, or signing in anew, would change the answer. */
export const asksForSignIn = (reason: UnknownReason): boolean => reasons[reason].curedBy === 'signing-in'

/** Where it might, for who signed in before: a policy may want another way of signing in. */
export const isCuredBySignIn = (reason: UnknownReason): boolean => asksForSignIn(reason) || reasons[reason].curedBy === 'another-sign-in'

export const signInButton = (run: Run): Button => press(run.language, 'buttons.signIn', 'sign-in', { run })

/** What helps with this very verdict, before anything else. */
export const roleButtons = (look: RoleLook, run: Run): readonly Button[] => {
  const { language } = run
  if (look.kind === 'can-after-activating') return [primary(openButton(words(language).t('buttons.openPim'), 'https://entra.microsoft.com'))]
  if (look.kind !== 'unknown') return []
  if (reasons[look.reason].curedBy === 'another-account') return [topicButton(language, 'which-account')]
  return asksForSignIn(look.reason) || (look.signedIn && isCuredBySignIn(look.reason)) ? [signInButton(run)] : []
}

/** Said first where the open guide asks for another role than one in the directory, or for none. */
const forGuide = ({ kind, guide }: RolePurpose, language: Language): readonly Block[] => {
  const { t } = words(language)
  if (kind === 'directory') return []
  return [{ kind: 'text', text: kind === 'none' ? t('verdict.noneNeeded', { guide }) : t('verdict.forMove', { guide }) }]
}

/** The first card of `check-role`; `purpose`: of the guide that is open beside it. */
export const roleReply = (run: Run, look: RoleLook, purpose: RolePurpose = { kind: 'directory', guide: '' }): Reply => {
  const { language } = run
  const { t } = words(language)
  const { shown, folded } = roleSaid(look, language)
  const [verdict, ...qualified] = shown
  const isOfGuide = purpose.kind === 'directory'
  const about: readonly Unfolded[] =
    look.kind === 'unknown'
      ? []
      : [
          { kind: 'text', text: t('verdict.azureText') },
          { kind: 'small', text: t('verdict.read') },
        ]
  const all = [...folded, ...about]
  const blocks: readonly Block[] = [
    ...forGuide(purpose, language),
    ...(verdict?.kind === 'box' ? [isOfGuide ? { ...verdict, title: '' } : verdict] : []),
    ...qualified,
    ...(look.kind === 'cannot' && purpose.kind !== 'none'
      ? [{ kind: 'box', look: 'emphasis', title: t('verdict.ask'), text: askText(look, language) } satisfies Block]
      : []),
    ...(all.length > 0 ? [{ kind: 'more', title: t('answer.more'), blocks: all } satisfies Block] : []),
  ]
  const titles = { none: t('verdict.noneTitle'), 'azure-owner': t('verdict.moveTitle'), directory: describe(look, language).title }
  return reply({ language, eyebrow: t('verdict.eyebrow'), title: titles[purpose.kind], blocks, buttons: arrange(buttonsFor(look, run)) })
}

const buttonsFor = (look: RoleLook, run: Run): readonly Button[] => {
  const { language } = run
  const [first, ...others] = look.kind === 'can' && isForBuying(look) ? [topicButton(language, 'm365-for-azure')] : roleButtons(look, run)
  return [
    ...(first ? [primary(first)] : []),
    ...others,
    press(language, 'buttons.checkAgain', 'check-again', { run }),
    press(language, 'buttons.byHand', 'proceed', { run }),
    look.kind === 'cannot' ? topicButton(language, 'find-admin') : topicButton(language, 'required-role'),
    more(supportButton(language)),
    more(press(language, 'buttons.leave', 'cancel', { run })),
  ]
}
