/** Colleagues who can do it, each with a message ready to send; with nobody to name, where to look by hand. For the person's eyes only. */
import type { Block, Button, Reply, Unfolded } from '../cards/reply'
import { reply } from '../cards/reply'
import { sufficientRoles, type Helper, type Helpers, type Need, type RoleId } from '../directory'
import { answerOf, guideOf } from '../guides'
import { words } from '../guides/words'
import { languageOfTag } from '../languages'
import type { Language, Scenario } from '../topics'
import { answerReply } from './answer'
import { arrange, more, openButton, press, supportButton, topicButton } from './buttons'
import { foreign } from './foreign'
import { limitLines } from './limits'
import { asksForSignIn, type RolePurpose } from './role'
import { checkedLine } from './sources'

/** Where the person is in a guide and needs the colleague; `index` is 0-based. Without a need the step takes no directory role. */
export interface StepForHelp {
  readonly topic: Scenario
  readonly index: number
  readonly need: Need | undefined
}

export interface HelpersView {
  readonly language: Language
  readonly publicUrl: string | undefined
  readonly need: Need
  readonly found: Helpers
  readonly step: StepForHelp | undefined
  /** Of the guide that is open. */
  readonly purpose?: RolePurpose | undefined
}

const roleNames = (roles: readonly RoleId[], language: Language) => roles.map((role) => words(language).t(`roles.${role}`)).join(', ')

/** The language the helper uses, when it is one of ours; else the person's own. */
export const languageOf = ({ preferredLanguage }: Helper, otherwise: Language): Language => languageOfTag(preferredLanguage) ?? otherwise

const messageFor = ({ need, step }: HelpersView, language: Language): string => {
  const { t } = words(language)
  const roles = roleNames(sufficientRoles[need], language)
  const guide = step && guideOf(step.topic, language)
  const at = step && guide?.steps[step.index]
  if (!step || !guide || !at) return t('helpers.message', { roles, what: t(`needs.${need}`) })
  return t(step.need ? 'helpers.messageStep' : 'helpers.messageGuide', {
    guide: guide.label,
    n: step.index + 1,
    m: guide.steps.length,
    title: at.title,
    place: at.link.url.replace('https://', ''),
    roles,
  })
}

/** Whatever would end an address in the places it is shown: the usual function leaves apostrophes, brackets and asterisks. */
const encoded = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

export const chatWith = (address: string, message: string) => `https://teams.microsoft.com/l/chat/0/0?users=${encoded(address)}&message=${encoded(message)}`

const helperBlock = (view: HelpersView, helper: Helper): Unfolded => {
  const { language } = view
  const { t } = words(language)
  const { name, roles, eligible, userPrincipalName } = helper
  const held = roleNames(roles, language)
  return {
    kind: 'helper',
    name: foreign(name),
    text: eligible ? t('helpers.eligible', { roles: held }) : held,
    ...(userPrincipalName === undefined
      ? { note: t('helpers.noLink') }
      : { button: t('buttons.chat', { name: foreign(name) }), url: chatWith(userPrincipalName, messageFor(view, languageOf(helper, language))) }),
  }
}

/** Each text that a button would send, once. */
const previews = (view: HelpersView, helpers: readonly Helper[]): readonly Unfolded[] => {
  const { t } = words(view.language)
  const used = [...new Set(helpers.filter((each) => each.userPrincipalName !== undefined).map((each) => languageOf(each, view.language)))]
  if (used.length === 0) return []
  const titleOf = (language: Language) => {
    if (used.length === 1 && language === view.language) return t('helpers.previewTitle')
    return t(`helpers.previewIn.${language}`)
  }
  return [
    ...used.map((language): Unfolded => ({
      kind: 'box',
      look: 'emphasis',
      title: titleOf(language),
      text: words(language).t('helpers.preview', { message: messageFor(view, language) }),
    })),
    { kind: 'small', text: t('helpers.previewNote') },
  ]
}

const signInFor = (need: Need, language: Language): Button => ({
  kind: 'press',
  title: words(language).t('buttons.signIn'),
  action: { verb: 'sign-in', topic: 'find-admin', step: need, lang: language },
  more: false,
})

/** Why there are no names. */
const instead = ({ language, need, found }: HelpersView): { readonly title: string; readonly text: string } => {
  const { t } = words(language)
  if (found.kind === 'unknown') return { title: t('helpers.unknown'), text: t('helpers.unknownText', { reason: t(`reasons.${found.reason}`) }) }
  if (found.limits.some(({ reason }) => reason === 'too-many'))
    return { title: t('helpers.unknown'), text: t('helpers.unknownText', { reason: t('reasons.too-many') }) }
  if (found.holdsItself) return { title: t('helpers.onlyYou'), text: t('helpers.onlyYouText') }
  return { title: t('helpers.none'), text: t('helpers.noneText', { roles: roleNames(sufficientRoles[need], language) }) }
}

/** Instead of names: why there are none, and where to look; for buying, the answer says that at length. */
const byHand = (view: HelpersView): Reply => {
  const { language, publicUrl, need, found } = view
  const limits = found.kind === 'unknown' ? [] : limitLines(found.limits, language)
  const unseen = limits.map((text): Unfolded => ({ kind: 'small', text }))
  const first: readonly Block[] = [...forGuide(view), { kind: 'box', look: 'emphasis', ...instead(view) }]
  const signIn: readonly Button[] = found.kind === 'unknown' && asksForSignIn(found.reason) ? [signInFor(need, language)] : []
  return need === 'assign-licences'
    ? licencesByHand(view, { first, unseen, signIn })
    : answerReply({ topic: 'find-admin', language, publicUrl, first: [...first, ...unseen], buttons: signIn })
}

interface ByHand {
  readonly first: readonly Block[]
  /** What could not be read. */
  readonly unseen: readonly Unfolded[]
  readonly signIn: readonly Button[]
}

const licencesByHand = ({ language }: HelpersView, { first, unseen, signIn }: ByHand): Reply => {
  const { t } = words(language)
  const { title, links, checked, sources, next } = answerOf('find-admin', language)
  return reply({
    language,
    eyebrow: t('helpers.eyebrow'),
    title,
    blocks: [
      ...first,
      { kind: 'text', text: t('helpers.assignByHand') },
      ...(unseen.length > 0 ? [{ kind: 'more', title: t('answer.more'), blocks: unseen } satisfies Block] : []),
      { kind: 'small', text: checkedLine(checked, sources, language) },
    ],
    buttons: arrange([
      ...signIn,
      ...links.map((link) => openButton(link.title, link.url)),
      ...next.map((topic) => topicButton(language, topic)),
      more(press(language, 'buttons.why', 'why')),
      more(supportButton(language)),
    ]),
  })
}

/** Whom the open guide needs, where that is not who holds a role in the directory alone. */
const forGuide = ({ language, purpose }: HelpersView): readonly Block[] => {
  const { t } = words(language)
  if (!purpose || purpose.kind === 'directory') return []
  return [{ kind: 'text', text: t(purpose.kind === 'none' ? 'helpers.noneNeeded' : 'helpers.forMove', { guide: purpose.guide }) }]
}

/** As many as have their button in sight, beside those below the card. */
const mostHelpers = 3

export const helpersReply = (view: HelpersView): Reply => {
  const { language, found } = view
  const { t } = words(language)
  if (found.kind === 'unknown' || found.helpers.length === 0) return byHand(view)
  const { helpers, limits, holdsItself } = found
  const answer = answerOf('find-admin', language)
  const folded: readonly Unfolded[] = [
    ...helpers.slice(mostHelpers).map((helper) => helperBlock(view, helper)),
    ...previews(view, helpers),
    ...limitLines(limits, language).map((text): Unfolded => ({ kind: 'small', text })),
    { kind: 'box', look: 'emphasis', title: t('helpers.byHand'), text: byHandText(view) },
  ]
  return reply({
    language,
    eyebrow: t('helpers.eyebrow'),
    title: t('helpers.title', { count: helpers.length }),
    blocks: [
      ...forGuide(view),
      ...(holdsItself ? [{ kind: 'text', text: t('helpers.you') } satisfies Block] : []),
      ...helpers.slice(0, mostHelpers).map((helper) => helperBlock(view, helper)),
      { kind: 'more', title: t('helpers.more'), blocks: folded },
      { kind: 'small', text: checkedLine(answer.checked, answer.sources, language) },
    ],
    buttons: arrange(
      [...answer.next.map((next) => topicButton(language, next)), more(press(language, 'buttons.why', 'why')), more(supportButton(language))],
      2,
    ),
  })
}

const byHandText = ({ language, need }: HelpersView): string =>
  need === 'assign-licences' ? words(language).t('helpers.assignByHand') : (answerOf('find-admin', language).text[0] ?? '')
