/** What was found before anything is moved or bought: what it comes to, each finding with what to do about it, and who can settle what is missing. */
import type { Block, Button, Reply, Unfolded } from '../cards/reply'
import { reply } from '../cards/reply'
import { sufficientRoles, type Need, type Preflight } from '../directory'
import { guideOf } from '../guides'
import { words, type Phrase } from '../guides/words'
import { languageRows } from '../languages'
import { positionOf, type Run } from '../runs/run'
import type { Language, Scenario } from '../topics'
import { arrange, more, press, supportButton, topicButton } from './buttons'
import { azureFound, microsoft365Found, tenantFound } from './findings'
import { foreign } from './foreign'
import { limitLines } from './limits'
import { asksForSignIn } from './role'

/** The set-ups something is looked up for before they begin. */
export const looksFirst = ['azure-for-m365', 'm365-for-azure', 'link-existing'] as const satisfies readonly Scenario[]
export type LooksFirst = (typeof looksFirst)[number]

export const looksFirstFor = (topic: string | undefined): LooksFirst | undefined => looksFirst.find((each) => each === topic)

/** The role that is looked at for each. */
export const needOfSetUp = {
  'azure-for-m365': 'buy-microsoft-365',
  'm365-for-azure': 'buy-microsoft-365',
  'link-existing': 'allow-move',
} as const satisfies Record<LooksFirst, Need>

/** What a preflight comes to. */
export type Conclusion = 'already' | 'cannot' | 'missing' | 'clear' | 'unseen' | 'apart' | 'here' | 'both' | 'has-azure' | 'other-account'

type Missing = 'offer' | 'entering' | 'leaving' | 'owner'

/** In the order in which it is worth settling; a subscription of this tenant would leave it, any other would enter. */
const missingIn = ({ offer, entering, leaving, owner, azure }: Preflight): readonly Missing[] => [
  ...(offer.answer === 'no' ? ['offer' as const] : []),
  ...(azure.answer === 'yes' ? (leaving.answer === 'no' ? ['leaving' as const] : []) : entering.answer === 'no' ? ['entering' as const] : []),
  ...(owner.answer === 'no' ? ['owner' as const] : []),
]

const ofMove = (found: Preflight): Conclusion => {
  const { azure, offer, entering, owner } = found
  if (azure.answer === 'yes') return 'already'
  if (offer.answer === 'no') return 'cannot'
  if (missingIn(found).length > 0) return 'missing'
  return [azure, entering].some(({ answer }) => answer === 'unknown') && owner.answer === 'unknown' ? 'unseen' : 'clear'
}

const ofPurchase = ({ azure, microsoft365 }: Preflight): Conclusion => {
  if (azure.answer === 'no') return 'apart'
  if (azure.answer === 'unknown') return 'unseen'
  return microsoft365.answer === 'yes' ? 'both' : 'here'
}

const ofSignUp = ({ azure, account }: Preflight): Conclusion => {
  if (azure.answer === 'yes') return 'has-azure'
  return account.answer === 'no' ? 'other-account' : 'clear'
}

export const concludeFor = (topic: LooksFirst, found: Preflight): Conclusion =>
  ({ 'azure-for-m365': ofSignUp, 'm365-for-azure': ofPurchase, 'link-existing': ofMove })[topic](found)

/** The step at which the guide opens, where that is not its first. */
export const stepToOpen = (topic: LooksFirst, found: Preflight): string | undefined => {
  if (topic === 'm365-for-azure') return concludeFor(topic, found) === 'here' ? 'sign-in-admin-center' : undefined
  if (topic !== 'link-existing') return undefined
  const [first] = missingIn(found)
  if (first === 'offer') return 'find-blockers'
  return first === 'owner' && found.entering.answer === 'yes' ? 'agree-on-people' : undefined
}

type Finding = 'account' | 'role' | 'offer' | 'leaving' | 'entering' | 'owner'

/** Not seen: why, and where to look. */
const unseen = (finding: Finding, found: Preflight, language: Language): string | undefined => {
  const { t } = words(language)
  const { [finding]: looked } = found
  if (looked.answer !== 'unknown') return undefined
  return t('preflight.unknown', {
    reason: t(`reasons.${looked.reason}`),
    how: t(`preflight.how.${finding === 'leaving' || finding === 'entering' ? 'policy' : finding}`),
  })
}

const accountLine = ({ account }: Preflight): Phrase => `preflight.account.${account.evidence?.kind ?? 'work'}`

const roleLine = ({ role }: Preflight, need: Need, language: Language): string => {
  const { t } = words(language)
  const named = (role.evidence?.roles ?? []).map((id) => t(`roles.${id}`)).join(', ')
  const needed = sufficientRoles[need].map((id) => t(`roles.${id}`)).join(', ')
  if (role.answer === 'yes') return t(`preflight.role.${role.evidence.how === 'eligible' ? 'held' : (role.evidence.how ?? 'held')}`, { roles: named })
  return role.evidence?.how === 'eligible' ? t('preflight.role.eligible', { roles: named }) : t('preflight.role.none', { roles: needed })
}

const offerLine = ({ offer }: Preflight, language: Language): string => {
  const { t } = words(language)
  return offer.evidence ? t(`preflight.offer.${offer.evidence.offer}`, { quota: foreign(offer.evidence.quotaId) }) : ''
}

const policyLine = ({ evidence }: Preflight['leaving'], language: Language): string => {
  const { t } = words(language)
  if (!evidence?.blocked) return t('preflight.policy.allowed')
  return t(evidence.exempt === undefined ? 'preflight.policy.blocked' : evidence.exempt ? 'preflight.policy.exempt' : 'preflight.policy.notExempt')
}

const lineOf = (finding: Finding, found: Preflight, need: Need, language: Language): string => {
  const { t } = words(language)
  const not = unseen(finding, found, language)
  if (not !== undefined) return not
  switch (finding) {
    case 'account':
      return t(accountLine(found))
    case 'role':
      return roleLine(found, need, language)
    case 'offer':
      return offerLine(found, language)
    case 'leaving':
    case 'entering':
      return policyLine(found[finding], language)
    case 'owner':
      return t(`preflight.owner.${found.owner.evidence?.how ?? 'other'}`)
  }
}

const findingsOf = {
  'azure-for-m365': ['account'],
  'm365-for-azure': ['account', 'role'],
  'link-existing': ['account', 'role', 'offer', 'leaving', 'entering', 'owner'],
} as const

/** What each set-up turns on, in sight whatever it is; of the others, what is not in order. */
const turnsOn = {
  'azure-for-m365': ['azure'],
  'm365-for-azure': ['azure', 'microsoft365'],
  'link-existing': ['azure'],
} as const satisfies Record<LooksFirst, readonly (keyof Preflight)[]>

interface Line {
  readonly finding: 'tenant' | 'azure' | 'microsoft365' | Finding
  readonly title: string
  readonly value: string
}

const linesOf = (topic: LooksFirst, found: Preflight, language: Language): readonly Line[] => {
  const { t } = words(language)
  const rest = findingsOf[topic].map((finding) => ({
    finding,
    title: t(`preflight.${finding}Title`),
    value: lineOf(finding, found, needOfSetUp[topic], language),
  }))
  return [
    { finding: 'tenant', title: t('proof.tenant'), value: tenantFound(found, language) },
    { finding: 'azure', title: t('proof.azure'), value: azureFound(found, language) },
    { finding: 'microsoft365', title: t('proof.microsoft365'), value: microsoft365Found(found, language) },
    ...rest,
  ]
}

/** What was not seen is in sight by a word; why, and where to look, is folded behind it, with what is in order. */
const findingsBlocks = (topic: LooksFirst, found: Preflight, language: Language): { readonly shown: Unfolded; readonly folded: readonly Unfolded[] } => {
  const { t } = words(language)
  const lines = linesOf(topic, found, language)
  const isUnseen = ({ finding }: Line) => found[finding].answer === 'unknown'
  const isShown = ({ finding }: Line) => turnsOn[topic].some((each) => each === finding) || (finding !== 'microsoft365' && found[finding].answer !== 'yes')
  const facts = (some: readonly Line[]): Unfolded => ({ kind: 'facts', facts: some.map(({ title, value }) => ({ title, value })) })
  const folded = lines.filter((line) => isUnseen(line) || !isShown(line))
  return {
    shown: facts(lines.filter(isShown).map((line) => (isUnseen(line) ? { ...line, value: t('proof.storedUnknown') } : line))),
    folded: folded.length > 0 ? [facts(folded)] : [],
  }
}

/** Who lets a subscription in or out here: the person themselves, once their role is assigned directly, or somebody else. */
const whoAllows = ({ role }: Preflight): Phrase => {
  if (role.answer === 'yes') return role.evidence.how === 'group' ? 'preflight.who.allowGroup' : 'preflight.who.allowYou'
  return role.evidence?.how === 'eligible' ? 'preflight.who.allowEligible' : 'preflight.who.allow'
}

const whoFor = (missing: Missing, found: Preflight): Phrase => {
  switch (missing) {
    case 'offer':
      return found.offer.evidence?.offer === 'csp' ? 'preflight.who.csp' : 'preflight.who.offer'
    case 'leaving':
    case 'entering':
      return whoAllows(found)
    case 'owner':
      return found.owner.evidence?.how === 'other' ? 'preflight.who.owner' : 'preflight.who.ownerDirectly'
  }
}

const missingPoint = (missing: Missing, found: Preflight, language: Language): string => {
  const { t } = words(language)
  return `**${t(`preflight.${missing}Title`)}${languageRows[language].colon}** ${t(whoFor(missing, found))}`
}

/** What is missing for a move, each with who can settle it; the other tenant always is, as nobody sees it from here. */
const missingPoints = (found: Preflight, language: Language): readonly Block[] => {
  const { t } = words(language)
  const { colon } = languageRows[language]
  const points = missingIn(found).map((each) => missingPoint(each, found, language))
  const isGoing = found.azure.answer === 'yes'
  const other = `**${t('preflight.otherTenant')}${colon}** ${t(isGoing ? 'preflight.who.otherEntering' : 'preflight.who.otherLeaving')}`
  return [{ kind: 'more', title: t('preflight.missingTitle'), blocks: [{ kind: 'points', title: '', items: [...points, other] }] }]
}

/** What was found, at the step the guide opens with: of a move what is missing and who can settle it, else in two lines. */
export const openingHint = (topic: LooksFirst, found: Preflight, language: Language): Block | undefined => {
  const conclusion = concludeFor(topic, found)
  if (topic === 'azure-for-m365' && conclusion === 'clear') return undefined
  const points = topic === 'link-existing' && conclusion !== 'already' ? missingIn(found).map((each) => missingPoint(each, found, language)) : []
  const said = points.length > 0 ? points.join('\n\n') : words(language).t(textFor(topic, conclusion))
  return { kind: 'box', look: looks[conclusion], title: titleFor(topic, conclusion, language), text: said }
}

const looks = {
  already: 'good',
  cannot: 'warning',
  missing: 'warning',
  clear: 'good',
  unseen: 'emphasis',
  apart: 'warning',
  here: 'good',
  both: 'accent',
  'has-azure': 'accent',
  'other-account': 'warning',
} as const satisfies Record<Conclusion, string>

const isUnseenPurchase = (topic: LooksFirst, conclusion: Conclusion) => topic === 'm365-for-azure' && conclusion === 'unseen'
const titleFor = (topic: LooksFirst, conclusion: Conclusion, language: Language) =>
  words(language).t(isUnseenPurchase(topic, conclusion) ? 'preflight.title.compare' : `preflight.title.${conclusion}`)
const textFor = (topic: LooksFirst, conclusion: Conclusion): Phrase =>
  isUnseenPurchase(topic, conclusion) ? 'preflight.text.compare' : `preflight.text.${conclusion}`

export interface PreflightView {
  readonly topic: LooksFirst
  readonly language: Language
  readonly found: Preflight
  /** As it was given. */
  readonly subscription?: string | undefined
  /** The guide it is for, when one is open. */
  readonly run: Run | undefined
}

const wantsSignIn = ({ azure, owner, role }: Preflight): boolean => [azure, owner, role].some((each) => each.answer === 'unknown' && asksForSignIn(each.reason))

/** On with the guide where it opens; it is begun where it is not open, and its questions are not passed over. */
const goOn = ({ topic, language, found, run }: PreflightView): Button => {
  const step = stepToOpen(topic, found)
  if (run?.stage !== 'steps') return topicButton(language, topic)
  if (step === undefined) return press(language, 'buttons.backToStep', 'resume', { run }, { n: positionOf(run, guideOf(topic, language)).index + 1 })
  return press(language, 'buttons.openStep', 'go-to', { run, step }, { n: guideOf(topic, language).steps.findIndex(({ id }) => id === step) + 1 })
}

const buttonsFor = (view: PreflightView, conclusion: Conclusion): readonly Button[] => {
  const { language, topic, found } = view
  const lookUp = press(language, 'buttons.lookUp', 'preflight', { topic })
  const signIn = wantsSignIn(found) ? [press(language, 'buttons.signIn', 'preflight', { topic, step: 'sign-in' })] : []
  const people = topic === 'link-existing' ? [whoCanButton(language)] : []
  switch (conclusion) {
    case 'already':
    case 'both':
      return [topicButton(language, 'verify-setup'), lookUp, ...people, goOn(view)]
    case 'apart':
      return [topicButton(language, 'link-existing'), lookUp, topicButton(language, 'change-directory-impact'), ...signIn]
    case 'has-azure':
      return [topicButton(language, 'verify-setup'), goOn(view), lookUp]
    case 'other-account':
      return [topicButton(language, 'which-account'), goOn(view), lookUp]
    default:
      return [...signIn, goOn(view), ...people, lookUp]
  }
}

export const whoCanButton = (language: Language): Button => ({
  kind: 'press',
  title: words(language).t('buttons.whoCan'),
  action: { verb: 'topic', topic: 'find-admin', step: 'move', lang: language },
  more: false,
})

export const lookFirstButton = (language: Language, topic: LooksFirst): Button => press(language, 'buttons.lookFirst', 'preflight', { topic })

export const preflightReply = (view: PreflightView): Reply => {
  const { topic, language, found, subscription } = view
  const { t } = words(language)
  const conclusion = concludeFor(topic, found)
  const { shown, folded } = findingsBlocks(topic, found, language)
  return reply({
    language,
    eyebrow: `${guideOf(topic, language).label} · ${t('preflight.eyebrow')}`,
    title: titleFor(topic, conclusion, language),
    blocks: [
      { kind: 'box', look: looks[conclusion], title: '', text: t(textFor(topic, conclusion)) },
      shown,
      ...(topic === 'link-existing' ? missingPoints(found, language) : []),
      { kind: 'entry', id: 'subscription', label: t('proof.subscription'), placeholder: t('proof.subscriptionHint'), value: subscription ?? '' },
      {
        kind: 'more',
        title: t('answer.more'),
        blocks: [
          ...folded,
          ...limitLines(found.limits, language).map((line): Unfolded => ({ kind: 'small', text: line })),
          { kind: 'small', text: t('preflight.read') },
        ],
      },
    ],
    buttons: arrange([...buttonsFor(view, conclusion), more(supportButton(language))]),
  })
}
