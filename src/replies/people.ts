/** Who takes part in a move: who asks, who accepts, who allows it in each tenant; named where they can be seen, each with a message ready to send. */
import type { Block, Button, Reply, Unfolded } from '../cards/reply'
import { reply } from '../cards/reply'
import type { Helper, Helpers, Owners, Preflight, UnknownReason } from '../directory'
import type { Contract } from '../guides/schema'
import { words, type Phrase } from '../guides/words'
import type { Language } from '../topics'
import { arrange, more, press, supportButton, topicButton } from './buttons'
import { foreign } from './foreign'
import { chatWith, languageOf } from './helpers'
import { lookFirstButton } from './preflight'
import { asksForSignIn } from './role'

export interface PeopleView {
  readonly language: Language
  readonly contract: Contract | undefined
  readonly found: Preflight
  /** Of the subscription; undefined: it is not in this tenant, or nobody knows which one it is. */
  readonly owners: Owners | undefined
  /** Global Administrators of this tenant. */
  readonly admins: Helpers
}

/** What somebody is asked for, in which cloud. `ea`: under an agreement its administrator comes first. */
type Part = 'ask' | 'ask-ea' | 'accept' | 'allow-entering' | 'allow-leaving'

/** Few names are enough, and each message is long. In sight is the first of each. */
const mostOwners = 2
const mostAdmins = 1
const mostInSight = 1

const isLeaving = ({ azure }: Preflight): boolean => azure.answer === 'yes'

const messageFor = ({ found }: PeopleView, part: Part, language: Language): string => {
  const { t } = words(language)
  const { subscription, tenant } = found
  const named = subscription ? t('people.theSubscription', { name: foreign(subscription.name ?? subscription.subscriptionId) }) : t('people.ourSubscription')
  return t(`people.message.${part}`, { subscription: named, tenant: tenant.evidence?.tenantId ?? t('people.thisTenant') })
}

const personBlock = (view: PeopleView, part: Part, helper: Helper): Unfolded => {
  const { language } = view
  const { t } = words(language)
  const { name, userPrincipalName, eligible } = helper
  return {
    kind: 'helper',
    name: foreign(name),
    text: eligible ? t('people.eligible') : t(`people.is.${part}`),
    ...(userPrincipalName === undefined
      ? { note: t('helpers.noLink') }
      : { button: t(`people.write.${part}`, { name: foreign(name) }), url: chatWith(userPrincipalName, messageFor(view, part, languageOf(helper, language))) }),
  }
}

interface Section {
  readonly title: Phrase
  readonly part: Part
  readonly people: readonly Helper[]
  /** What is said in sight, in place of names, or beside them; and what is folded. */
  readonly says: readonly string[]
  readonly folded: readonly string[]
}

const notSeen = (reason: UnknownReason, where: Phrase, language: Language, first: readonly string[] = []): Pick<Section, 'says' | 'folded'> => {
  const { t } = words(language)
  return { says: [...first, `${t('helpers.unknown')}.`], folded: [t(`reasons.${reason}`), t(where)] }
}

/** Owners of a subscription that is here; of one elsewhere, nobody sees them from here. */
const asking = ({ owners, found, contract, language }: PeopleView): Section => {
  const { t } = words(language)
  const part = contract === 'ea' ? 'ask-ea' : 'ask'
  const first = contract === 'ea' ? [t('people.ea')] : contract === 'csp' ? [t('people.csp')] : []
  const title = 'people.asks'
  if (owners === undefined) {
    const why = found.offer.answer === 'unknown' && !isLeaving(found) ? found.offer.reason : 'nothing-visible'
    return { title, part, people: [], ...notSeen(why, 'people.findOwner', language, first) }
  }
  if (owners.kind === 'unknown') return { title, part, people: [], ...notSeen(owners.reason, 'people.findOwner', language, first) }
  const you = owners.holdsItself ? [t('people.ownerYou')] : []
  const groups = owners.others > 0 ? [t('people.ownerGroups', { count: owners.others })] : []
  return { title, part, people: owners.owners.slice(0, mostOwners), says: [...first, ...you], folded: groups }
}

const ofAdmins = ({ admins, language }: PeopleView): Pick<Section, 'people' | 'says' | 'folded'> => {
  const { t } = words(language)
  if (admins.kind === 'unknown') return { people: [], ...notSeen(admins.reason, 'people.findAdmin', language) }
  if (admins.helpers.length === 0 && !admins.holdsItself) return { people: [], ...notSeen('nothing-visible', 'people.findAdmin', language) }
  return { people: admins.helpers.slice(0, mostAdmins), says: admins.holdsItself ? [t('people.adminYou')] : [], folded: [] }
}

const sectionsOf = (view: PeopleView): readonly Section[] => {
  const { found, language } = view
  const { t } = words(language)
  const here = ofAdmins(view)
  const leaves = isLeaving(found)
  const allow: Section = { title: leaves ? 'people.allowsLeaving' : 'people.allowsEntering', part: leaves ? 'allow-leaving' : 'allow-entering', ...here }
  const accept: Section = leaves
    ? { title: 'people.accepts', part: 'accept', people: [], says: [], folded: [t('people.acceptsElsewhere')] }
    : { title: 'people.accepts', part: 'accept', ...here }
  const other: Section = {
    title: leaves ? 'people.allowsEnteringThere' : 'people.allowsLeavingThere',
    part: leaves ? 'allow-entering' : 'allow-leaving',
    people: [],
    says: [],
    folded: [t('people.elsewhere')],
  }
  return [asking(view), accept, allow, other]
}

const blocksOf = (view: PeopleView, { title, part, people, says }: Section): readonly Block[] => {
  const { t } = words(view.language)
  const shown = people.slice(0, mostInSight).map((helper) => personBlock(view, part, helper))
  return [{ kind: 'text', text: [`**${t(title)}**`, ...says].join(' ') }, ...shown]
}

/** Why nobody is named and where to look, and who is named besides. */
const behind = (view: PeopleView, { title, part, people, folded }: Section): readonly Unfolded[] => {
  const { t } = words(view.language)
  const others = people.slice(mostInSight).map((helper) => personBlock(view, part, helper))
  if (folded.length + others.length === 0) return []
  return [{ kind: 'text', text: [`**${t(title)}**`, ...folded].join(' ') }, ...others]
}

/** All messages to read, in the language of the person who asks: those whom nobody could name are asked by hand. */
const messages = (view: PeopleView, sections: readonly Section[]): Block => {
  const { t } = words(view.language)
  const parts = [...new Set(sections.map(({ part }) => part))]
  return {
    kind: 'more',
    title: t('people.messagesTitle'),
    blocks: [
      { kind: 'text', text: t('people.intro') },
      ...sections.flatMap((section) => behind(view, section)),
      ...parts.map((part): Unfolded => ({ kind: 'box', look: 'emphasis', title: t(`people.for.${part}`), text: messageFor(view, part, view.language) })),
      { kind: 'small', text: t('helpers.previewNote') },
    ],
  }
}

/** Beside those of three people and the fold. */
const mostButtons = 2

const buttonsFor = ({ language, admins }: PeopleView): readonly Button[] => {
  const isSignInWanted = admins.kind === 'unknown' && asksForSignIn(admins.reason)
  const signIn: Button = {
    kind: 'press',
    title: words(language).t('buttons.signIn'),
    action: { verb: 'sign-in', topic: 'find-admin', step: 'move', lang: language },
    more: false,
  }
  return [
    ...(isSignInWanted ? [signIn] : []),
    lookFirstButton(language, 'link-existing'),
    topicButton(language, 'link-existing'),
    topicButton(language, 'tenant-policy'),
    more(press(language, 'buttons.why', 'why')),
    more(supportButton(language)),
  ]
}

export const peopleReply = (view: PeopleView): Reply => {
  const { language } = view
  const { t } = words(language)
  const sections = sectionsOf(view)
  return reply({
    language,
    eyebrow: t('helpers.eyebrow'),
    title: t('people.title'),
    blocks: [...sections.flatMap((section) => blocksOf(view, section)), messages(view, sections)],
    buttons: arrange(buttonsFor(view), mostButtons),
  })
}
