/** What a role look-up says to the person: never a "no" after an error. */
import type { Block, Button, Reply, Unfolded } from '../cards/reply'
import { reply } from '../cards/reply'
import { reasons, type Limit, type Standing, type UnknownReason, type Verdict } from '../directory'
import { words } from '../guides/words'
import type { Run } from '../runs/run'
import type { Language } from '../topics'
import { arrange, more, openButton, press, primary, supportButton, topicButton } from './buttons'
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

const namesOf = (look: RoleLook, language: Language): string =>
  'roles' in look ? look.roles.map((role) => words(language).t(`roles.${role}`)).join(', ') : ''

/** The verdict in a sentence or two. */
const describe = (look: RoleLook, language: Language): Said => {
  const { t } = words(language)
  const named = namesOf(look, language)
  switch (look.kind) {
    case 'can':
      return { look: 'good', title: `✔ ${t('verdict.can')}`, text: t('verdict.canShort', { roles: named }) }
    case 'can-after-activating':
      return { look: 'accent', title: t('verdict.activate'), text: t('verdict.activateShort', { roles: named }) }
    case 'cannot':
      return { look: 'warning', title: `✘ ${t('verdict.cannot')}`, text: t('verdict.cannotText') }
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
    can: () => [t('verdict.canText', { roles: namesOf(look, language) }), t('verdict.canWarn')],
    'can-after-activating': () => [t('verdict.activateText', { roles: namesOf(look, language) })],
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
  const text = words(language).t('verdict.guest', { name: tenantName ? ` (${foreign(tenantName)})` : '' })
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

/** The first card of `check-role`. */
export const roleReply = (run: Run, look: RoleLook): Reply => {
  const { language } = run
  const { t } = words(language)
  const { shown, folded } = roleSaid(look, language)
  const [verdict, ...qualified] = shown
  const about: readonly Unfolded[] =
    look.kind === 'unknown'
      ? []
      : [
          { kind: 'text', text: t('verdict.azureText') },
          { kind: 'small', text: t('verdict.read') },
        ]
  const all = [...folded, ...about]
  const blocks: readonly Block[] = [
    ...(verdict?.kind === 'box' ? [{ ...verdict, title: '' }] : []),
    ...qualified,
    ...(look.kind === 'cannot' ? [{ kind: 'box', look: 'emphasis', title: t('verdict.ask'), text: t('verdict.askText') } satisfies Block] : []),
    ...(all.length > 0 ? [{ kind: 'more', title: t('answer.more'), blocks: all } satisfies Block] : []),
  ]
  return reply({ language, eyebrow: t('verdict.eyebrow'), title: describe(look, language).title, blocks, buttons: arrange(buttonsFor(look, run)) })
}

const buttonsFor = (look: RoleLook, run: Run): readonly Button[] => {
  const { language } = run
  const [first, ...others] = look.kind === 'can' ? [topicButton(language, 'm365-for-azure')] : roleButtons(look, run)
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
