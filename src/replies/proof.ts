/** The cards of `verify-setup`, and the proof at the end of every guide: three findings, each with what it rests on. */
import type { Block, Button, Reply } from '../cards/reply'
import { reply } from '../cards/reply'
import type { AzureEvidence, Proof, UnknownReason } from '../directory'
import { productName } from '../guides/products'
import { words, type Phrase } from '../guides/words'
import type { Proved, Run } from '../runs/run'
import type { Language } from '../topics'
import { arrange, more, openButton, press, supportButton, topicButton } from './buttons'
import { foreign } from './foreign'
import { limitLines } from './limits'
import { asksForSignIn, signInButton } from './role'

const leave = (run: Run) => [more(supportButton(run.language)), more(press(run.language, 'buttons.leave', 'cancel', { run }))]

/** What the person gave to be looked up; it stays on their card, to be looked up again, and is kept nowhere else. */
export interface Given {
  readonly subscription?: string | undefined
  readonly domain?: string | undefined
}

const subscriptionEntry = (language: Language, { subscription }: Given = {}): Block => {
  const { t } = words(language)
  return { kind: 'entry', id: 'subscription', label: t('proof.subscription'), placeholder: t('proof.subscriptionHint'), value: subscription ?? '' }
}

const entries = ({ language }: Run, given: Given = {}): readonly Block[] => {
  const { t } = words(language)
  return [
    subscriptionEntry(language, given),
    { kind: 'entry', id: 'domain', label: t('proof.domain'), placeholder: t('proof.domainHint'), value: given.domain ?? '' },
  ]
}

/** What was given is no id and no domain, or nothing: nothing was looked up. */
export const askProofReply = (run: Run, hint: string): Reply => {
  const { t } = words(run.language)
  return reply({
    language: run.language,
    eyebrow: t('proof.eyebrow'),
    title: t('proof.title'),
    blocks: [
      { kind: 'text', text: t('proof.intro') },
      { kind: 'small', text: t('proof.where') },
      { kind: 'box', look: 'warning', title: '', text: hint },
      ...entries(run),
    ],
    buttons: arrange([
      press(run.language, 'buttons.lookUp', 'look-up', { run }),
      press(run.language, 'buttons.byHand', 'proceed', { run }),
      ...leave(run),
    ]),
  })
}

export const sharedProofReply = (run: Run, privateChatUrl: string): Reply => {
  const { t } = words(run.language)
  return reply({
    language: run.language,
    eyebrow: t('proof.eyebrow'),
    title: t('proof.title'),
    blocks: [{ kind: 'text', text: t('proof.shared') }],
    buttons: arrange([
      press(run.language, 'buttons.byHand', 'proceed', { run }),
      openButton(t('buttons.privateChat'), privateChatUrl),
      ...leave(run),
    ]),
  })
}

/** What a run keeps of a proof. The tenant is “no” when a domain named another one: then they are two. */
export const provedOf = ({ tenant, microsoft365, azure, domain }: Proof): Proved => ({
  tenant: isOtherTenant(tenant, domain) ? 'no' : tenant.answer,
  microsoft365: microsoft365.answer,
  azure: azure.answer,
  at: [tenant.at, microsoft365.at, azure.at].toSorted().at(-1) ?? tenant.at,
})

/** Nothing was given to look at, and nothing seen: no news about what was found before. */
const noNews: readonly UnknownReason[] = ['not-signed-in', 'sign-in-first', 'sign-in-declined', 'graph-only', 'nothing-visible']

/**
 * What stands after another look. A finding about an id or a domain stands until one is given again, as far as nothing newer is known;
 * `signedIn`: the look goes on after a sign-in, which takes no “no” back.
 */
export const provedAfter = (before: Proved | undefined, proof: Proof, { subscription, domain }: Given, signedIn: boolean): Proved => {
  const now = provedOf(proof)
  if (!before) return now
  const { azure } = proof
  const noAzureNews = (azure.answer === 'unknown' && noNews.includes(azure.reason)) || (signedIn && before.azure === 'no')
  return {
    ...now,
    azure: subscription === undefined && noAzureNews ? before.azure : now.azure,
    tenant: domain === undefined && before.tenant === 'no' ? 'no' : now.tenant,
  }
}

/**
 * `no`: two tenants were named. `no365`: one tenant, without Microsoft 365. `same`: Azure is in it, Microsoft 365 could not be read.
 * Whatever else could not be checked leaves it `unknown`.
 */
export const outcomes = ['yes', 'same', 'no', 'no365', 'unknown'] as const
export type Outcome = (typeof outcomes)[number]

const isOtherTenant = (tenant: Proof['tenant'], domain: Proof['domain']): boolean =>
  domain?.kind === 'found' && tenant.answer === 'yes' && domain.tenantId !== tenant.evidence.tenantId

const isElsewhere = ({ tenant, domain, azure }: Proof): boolean => azure.answer === 'no' || isOtherTenant(tenant, domain)

export const outcomeOf = (proof: Proof): Outcome => outcomeKept(provedOf(proof))

const outcomeKept = ({ tenant, microsoft365, azure }: Proved): Outcome => {
  if (azure === 'no' || tenant === 'no') return 'no'
  if (microsoft365 === 'no') return 'no365'
  if (azure !== 'yes') return 'unknown'
  return microsoft365 === 'yes' ? 'yes' : 'same'
}

const looks = { yes: 'good', same: 'good', no: 'attention', no365: 'warning', unknown: 'emphasis' } as const satisfies Record<Outcome, string>

const nextOf = (outcome: Outcome, language: Language): readonly Button[] => {
  if (outcome === 'no') return [topicButton(language, 'link-existing')]
  return outcome === 'no365' ? [topicButton(language, 'm365-for-azure')] : []
}

const isSignInWanted = ({ tenant, microsoft365, azure, limits }: Proof): boolean =>
  [tenant, microsoft365, azure, ...limits].some((each) => 'reason' in each && asksForSignIn(each.reason))

/** The three findings, what they leave out, and when they were made; `kept` may hold what was found before. */
const findings = (proof: Proof, kept: Proved, language: Language): readonly Block[] => {
  const { t } = words(language)
  const reasons: readonly UnknownReason[] = [proof.microsoft365, proof.azure].flatMap((finding) => (finding.answer === 'unknown' ? [finding.reason] : []))
  // What a finding says already is not said again.
  const limits = proof.limits.filter(({ reason }) => !reasons.includes(reason))
  return [
    {
      kind: 'facts',
      facts: [
        { title: t('proof.tenant'), value: tenantLine(proof, language) },
        { title: t('proof.microsoft365'), value: kept.tenant === 'no' && !isElsewhere(proof) ? t('proof.earlierDomain') : microsoft365Line(proof, language) },
        { title: t('proof.azure'), value: azureNow(proof, kept, language) },
      ],
    },
    ...limitLines(limits, language).map((text): Block => ({ kind: 'small', text })),
    { kind: 'small', text: t('proof.stored', { time: timeOf(provedOf(proof).at, language) }) },
  ]
}

const keptBy = (run: Run, proof: Proof): Proved => run.proof ?? provedOf(proof)

export const proofReply = (run: Run, proof: Proof, given?: Given): Reply => {
  const kept = keptBy(run, proof)
  return resultReply(run, { outcome: outcomeKept(kept), text: textOf(outcomeKept(kept)), found: findings(proof, kept, run.language), given, signIn: isSignInWanted(proof) })
}

/** The last result, as far as the run keeps it. */
export const keptProofReply = (run: Run, proved: Proved, { signIn }: { readonly signIn: boolean }): Reply => {
  const outcome = outcomeKept(proved)
  return resultReply(run, { outcome, text: textOfKept(outcome), found: storedProof(proved, run.language), given: undefined, signIn })
}

const textOf = (outcome: Outcome): Phrase => `proof.${outcome}Text`
/** Which tenant is which is not kept. */
const textOfKept = (outcome: Outcome): Phrase => (outcome === 'no' ? 'proof.noKept' : textOf(outcome))

interface Result {
  readonly outcome: Outcome
  readonly text: Phrase
  readonly found: readonly Block[]
  readonly given: Given | undefined
  readonly signIn: boolean
}

const resultReply = (run: Run, { outcome, text, found, given, signIn }: Result): Reply => {
  const { language } = run
  const { t } = words(language)
  return reply({
    language,
    eyebrow: t('proof.resultEyebrow'),
    title: t(`proof.${outcome}`),
    blocks: [
      { kind: 'box', look: looks[outcome], title: '', text: t(text) },
      ...found,
      { kind: 'text', text: t('proof.intro') },
      { kind: 'small', text: t('proof.where') },
      ...entries(run, given),
    ],
    buttons: arrange([
      ...nextOf(outcome, language),
      ...(signIn ? [signInButton(run)] : []),
      press(language, 'buttons.lookUp', 'look-up', { run }),
      press(language, 'buttons.checkAgain', 'check-again', { run }),
      press(language, 'buttons.byHand', 'proceed', { run }),
      ...(outcome === 'no' ? [topicButton(language, 'change-directory-impact')] : []),
      ...leave(run),
    ]),
  })
}

/** The proof at the end of a guide: just made, or what the run keeps of it. */
export interface ProofAtEnd {
  readonly proof: Proof | undefined
  readonly given?: Given | undefined
  /** What was given is no id and no domain. */
  readonly problem?: string | undefined
  /** Without a proof just made: whether signing in would tell more. */
  readonly signIn?: boolean
}

/** With the field to have an id looked up, unless Azure was found here. */
export const proofBlocks = ({ proof, given, problem }: ProofAtEnd, run: Run): readonly Block[] => {
  const { language } = run
  const { t } = words(language)
  const kept = run.proof ?? (proof && provedOf(proof))
  if (!kept) return []
  const outcome = outcomeKept(kept)
  // A “no” is the title of the card already.
  const title = contradiction(proof, run) ? '' : t(`proof.${outcome}`)
  return [
    { kind: 'box', look: looks[outcome], title, text: t(proof ? textOf(outcome) : textOfKept(outcome)) },
    ...(proof ? findings(proof, kept, language) : storedProof(kept, language)),
    ...(problem === undefined ? [] : [{ kind: 'box', look: 'warning', title: '', text: problem } satisfies Block]),
    ...(kept.azure === 'yes' ? [] : [subscriptionEntry(language, given), { kind: 'small', text: t('proof.where') } satisfies Block]),
  ]
}

/** A guide whose end says that both share a tenant. */
const claimsOneTenant = ({ topic }: Run) => topic !== 'check-role'

/** What the proof, made or kept, says against the end of a guide; its title then takes the place of the guide's. */
export const contradiction = (proof: Proof | undefined, run: Run): 'no' | 'no365' | undefined => {
  const kept = run.proof ?? (proof && provedOf(proof))
  const outcome = kept && outcomeKept(kept)
  return claimsOneTenant(run) && (outcome === 'no' || outcome === 'no365') ? outcome : undefined
}

/** What the proof suggests to do next, if anything. */
export const proofNext = ({ proof, signIn }: ProofAtEnd, run: Run): readonly Button[] => {
  const { language } = run
  const kept = run.proof ?? (proof && provedOf(proof))
  if (!kept) return []
  return [...nextOf(outcomeKept(kept), language), ...((proof ? isSignInWanted(proof) : signIn) ? [signInButton(run)] : [])]
}

/** Beside the field, which is there unless Azure was found. */
export const lookUpAtEnd = (proof: Proof | undefined, run: Run): readonly Button[] => {
  const kept = run.proof ?? (proof && provedOf(proof))
  return kept && kept.azure !== 'yes' ? [press(run.language, 'buttons.lookUp', 'look-up', { run })] : []
}

export const proveAgain = (proof: Proof | undefined, run: Run): readonly Button[] =>
  proof || run.proof ? [press(run.language, 'buttons.checkAgain', 'check-again', { run })] : []

const storedPhrase = { yes: 'proof.storedYes', no: 'proof.storedNo', unknown: 'proof.storedUnknown' } as const satisfies Record<string, Phrase>

const storedProof = ({ tenant, microsoft365, azure, at }: Proved, language: Language): readonly Block[] => {
  const { t } = words(language)
  return [
    {
      kind: 'facts',
      facts: [
        { title: t('proof.tenant'), value: t(storedPhrase[tenant === 'unknown' ? 'unknown' : 'yes']) },
        { title: t('proof.microsoft365'), value: t(storedPhrase[microsoft365]) },
        { title: t('proof.azure'), value: t(storedPhrase[azure]) },
      ],
    },
    { kind: 'small', text: t('proof.stored', { time: timeOf(at, language) }) },
  ]
}

const timeOf = (at: string, language: Language) =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }).format(new Date(at))

const mostNamed = 3

const listed = (names: readonly string[], language: Language): string => {
  const { t } = words(language)
  const rest = names.length - mostNamed
  return [names.slice(0, mostNamed).join(', '), ...(rest > 0 ? [t('proof.more', { count: rest })] : [])].join(' ')
}

const couldNot = (reason: UnknownReason, language: Language) => {
  const { t } = words(language)
  return t('proof.could', { reason: t(`reasons.${reason}`) })
}

const tenantLine = ({ tenant }: Proof, language: Language): string => {
  const { t } = words(language)
  if (tenant.answer === 'unknown') return tenant.reason === 'no-identity' ? t('proof.tenantUnknown') : couldNot(tenant.reason, language)
  const { tenantId: id, name, initialDomain } = tenant.evidence
  const named = [name, initialDomain].filter((each) => each !== undefined).map(foreign)
  return named.length > 0 ? t('proof.tenantRead', { name: named.join(', '), id }) : t('proof.tenantYes', { id })
}

const domainLine = ({ tenant, domain }: Proof, language: Language): string | undefined => {
  const { t } = words(language)
  switch (domain?.kind) {
    case undefined:
    case 'invalid':
      return undefined
    case 'found':
      return tenant.answer === 'yes' && domain.tenantId === tenant.evidence.tenantId ? t('proof.m365DomainYes') : undefined
    case 'none':
      return t('proof.m365DomainNone')
    case 'unknown':
      return t('proof.m365DomainFailed', { reason: t(`reasons.${domain.reason}`) })
  }
}

const productsLine = ({ microsoft365 }: Proof, language: Language): string => {
  const { t } = words(language)
  if (microsoft365.answer === 'unknown') return couldNot(microsoft365.reason, language)
  const enabled = microsoft365.evidence.products.filter((each) => each.enabled)
  const shown = microsoft365.answer === 'yes' ? enabled.filter(({ kind }) => kind === 'microsoft-365') : enabled
  const products = listed(shown.map(({ sku }) => productName(language, sku) ?? foreign(sku)), language)
  return t(microsoft365.answer === 'yes' ? 'proof.m365Yes' : 'proof.m365No', { products: products || t('proof.m365None') })
}

const microsoft365Line = (proof: Proof, language: Language): string => {
  const { microsoft365, domain } = proof
  const elsewhere = microsoft365.answer === 'no' && domain?.kind === 'found' && microsoft365.evidence.domainTenantId !== undefined && isElsewhere(proof)
  if (elsewhere) return words(language).t('proof.m365DomainNo', { id: domain.tenantId })
  return [productsLine(proof, language), domainLine(proof, language)].filter(Boolean).join('. ').replace(/([.!?])\. /g, '$1 ')
}

type Seen = AzureEvidence['subscriptions'][number]

const seenName = ({ name, subscriptionId }: Seen, language: Language) =>
  name === undefined ? words(language).t('proof.subscriptionNamed', { id: subscriptionId }) : foreign(name)

/** Each with the tenant it belongs to. */
const elsewhere = ({ subscriptions, otherTenants }: AzureEvidence, language: Language): string => {
  const names = subscriptions.map((each) => {
    const owner = otherTenants.find(({ tenantId }) => tenantId === each.tenantId)?.name
    const id = owner === undefined ? each.tenantId : `${foreign(owner)} (${each.tenantId})`
    return words(language).t('proof.inTenant', { name: seenName(each, language), id })
  })
  return listed(names, language)
}

/** What was found for an id stands until one is given again. */
const azureNow = (proof: Proof, kept: Proved, language: Language): string => {
  if (kept.azure === proof.azure.answer || kept.azure === 'unknown') return azureLine(proof, language)
  return words(language).t(kept.azure === 'yes' ? 'proof.earlierYes' : 'proof.earlierNo')
}

const azureUnknown = ({ tenant }: Proof, { reason, evidence }: Extract<Proof['azure'], { answer: 'unknown' }>, language: Language): string => {
  const { t } = words(language)
  const [first] = evidence?.subscriptions ?? []
  if (reason === 'no-identity' && first && tenant.answer === 'unknown') return t('proof.azureNamed', { id: first.tenantId })
  if (reason === 'not-found') return t('proof.azureNone')
  if (reason === 'nothing-visible' && evidence && first) return t('proof.azureManaged', { names: elsewhere(evidence, language) })
  return reason === 'not-signed-in' ? t('proof.azureUnasked') : couldNot(reason, language)
}

const azureLine = (proof: Proof, language: Language): string => {
  const { t } = words(language)
  const { azure } = proof
  if (azure.answer === 'unknown') return azureUnknown(proof, azure, language)
  const { source, subscriptions } = azure.evidence
  const [first] = subscriptions
  if (source === 'public' && first) return azure.answer === 'yes' ? t('proof.azureYes') : t('proof.azureNo', { id: first.tenantId })
  if (azure.answer === 'no') return t('proof.azureSeesNo', { names: elsewhere(azure.evidence, language) })
  return t('proof.azureSees', { names: listed(subscriptions.filter(({ here }) => here).map((each) => seenName(each, language)), language) })
}
