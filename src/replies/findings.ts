/** The three findings of a proof in words, a line each with what it rests on. */
import type { Unfolded } from '../cards/reply'
import type { AzureEvidence, ProductKind, Proof, UnknownReason } from '../directory'
import { productName } from '../guides/products'
import { words, type Phrase } from '../guides/words'
import { languageRows } from '../languages'
import { provedOf } from '../runs/proved'
import type { Proved } from '../runs/run'
import type { Language } from '../topics'
import { foreign } from './foreign'
import { limitLines } from './limits'

export interface Found {
  readonly shown: readonly Unfolded[]
  /** When. */
  readonly at: Unfolded
  /** For behind the fold of the card. */
  readonly folded: readonly Unfolded[]
}

/** Whom it is told, and where they are. */
interface Reader {
  readonly language: Language
  readonly timeZone: string | undefined
}

/** The three findings, when they were made, and what they leave out; `kept` may hold what was found before. */
export const findings = (proof: Proof, kept: Proved, { language, timeZone }: Reader): Found => {
  const { t } = words(language)
  const reasons: readonly UnknownReason[] = [proof.microsoft365, proof.azure].flatMap((finding) => (finding.answer === 'unknown' ? [finding.reason] : []))
  // What a finding says already is not said again.
  const limits = proof.limits.filter(({ reason }) => !reasons.includes(reason))
  return {
    shown: [
      {
        kind: 'facts',
        facts: [
          { title: t('proof.tenant'), value: tenantLine(proof, language) },
          { title: t('proof.microsoft365'), value: microsoft365Line(proof, kept, language) },
          { title: t('proof.azure'), value: azureNow(proof, kept, language) },
        ],
      },
    ],
    at: { kind: 'small', text: t('proof.stored', { time: timeOf(provedOf(proof).at, { language, timeZone }) }) },
    folded: limitLines(limits, language).map((text): Unfolded => ({ kind: 'small', text })),
  }
}

const storedPhrase = { yes: 'proof.storedYes', no: 'proof.storedNo', unknown: 'proof.storedUnknown' } as const satisfies Record<string, Phrase>

/** What is left of the findings when their evidence is not there. */
export const storedProof = ({ tenant, microsoft365, azure, at }: Proved, { language, timeZone }: Reader): Found => {
  const { t } = words(language)
  return {
    shown: [
      {
        kind: 'facts',
        facts: [
          { title: t('proof.tenant'), value: t(storedPhrase[tenant === 'unknown' ? 'unknown' : 'yes']) },
          { title: t('proof.microsoft365'), value: t(storedPhrase[microsoft365]) },
          { title: t('proof.azure'), value: t(storedPhrase[azure]) },
        ],
      },
    ],
    at: { kind: 'small', text: t('proof.stored', { time: timeOf(at, { language, timeZone }) }) },
    folded: [],
  }
}

/** In the person's own time where it is known; otherwise it says whose it is. */
const timeOf = (at: string, { language, timeZone }: Reader) => {
  const local = new Intl.DateTimeFormat(languageRows[language].dates, { dateStyle: 'long', timeStyle: 'short', timeZone: timeZone ?? 'UTC' })
  return `${local.format(new Date(at))}${timeZone === undefined || timeZone === 'UTC' ? ' UTC' : ''}`
}

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

const tenantLine = ({ tenant }: Pick<Proof, 'tenant'>, language: Language): string => {
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
      if (tenant.answer !== 'yes') return undefined
      return domain.tenantId === tenant.evidence.tenantId ? t('proof.m365DomainYes') : t('proof.m365DomainNo', { id: domain.tenantId })
    case 'none':
      return t('proof.m365DomainNone')
    case 'unknown':
      return t('proof.m365DomainFailed', { reason: t(`reasons.${domain.reason}`) })
  }
}

const productsLine = ({ microsoft365 }: Pick<Proof, 'microsoft365'>, language: Language): string => {
  const { t } = words(language)
  const enabled = microsoft365.evidence?.products.filter((each) => each.enabled) ?? []
  const named = (kinds: readonly ProductKind[]) =>
    listed(
      enabled.filter(({ kind }) => kinds.includes(kind)).map(({ sku }) => productName(language, sku) ?? foreign(sku)),
      language,
    )
  if (microsoft365.answer === 'unknown') {
    const products = named(['unknown'])
    return products ? t('proof.m365Unnamed', { reason: t(`reasons.${microsoft365.reason}`), products }) : couldNot(microsoft365.reason, language)
  }
  const products = microsoft365.answer === 'yes' ? named(['microsoft-365']) : named(['management', 'other', 'unknown'])
  return t(microsoft365.answer === 'yes' ? 'proof.m365Yes' : 'proof.m365No', { products: products || t('proof.m365None') })
}

/** What was found for a domain stands until one is given again. */
const domainNow = (proof: Proof, { tenant }: Proved, language: Language): string | undefined =>
  proof.domain === undefined && tenant === 'no' ? words(language).t('proof.earlierDomain') : domainLine(proof, language)

const microsoft365Line = (proof: Proof, kept: Proved, language: Language): string =>
  [productsLine(proof, language), domainNow(proof, kept, language)]
    .filter(Boolean)
    .join('. ')
    .replace(/([.!?])\. /g, '$1 ')

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

const azureUnknown = ({ tenant }: Pick<Proof, 'tenant'>, { reason, evidence }: Extract<Proof['azure'], { answer: 'unknown' }>, language: Language): string => {
  const { t } = words(language)
  const [first] = evidence?.subscriptions ?? []
  if (reason === 'no-identity' && first && tenant.answer === 'unknown') return t('proof.azureNamed', { id: first.tenantId })
  if (reason === 'not-found') return t('proof.azureNone')
  if (reason === 'nothing-visible' && evidence && first) return t('proof.azureManaged', { names: elsewhere(evidence, language) })
  return reason === 'not-signed-in' ? t('proof.azureUnasked') : couldNot(reason, language)
}

const azureLine = (proof: Pick<Proof, 'tenant' | 'azure'>, language: Language): string => {
  const { t } = words(language)
  const { azure } = proof
  if (azure.answer === 'unknown') return azureUnknown(proof, azure, language)
  const { source, subscriptions } = azure.evidence
  const [first] = subscriptions
  if (source === 'public' && first) return azure.answer === 'yes' ? t('proof.azureYes') : t('proof.azureNo', { id: first.tenantId })
  if (azure.answer === 'no') return t('proof.azureSeesNo', { names: elsewhere(azure.evidence, language) })
  return t('proof.azureSees', {
    names: listed(
      subscriptions.filter(({ here }) => here).map((each) => seenName(each, language)),
      language,
    ),
  })
}

/** One finding by itself, as it was just made. */
export const tenantFound = ({ tenant }: Pick<Proof, 'tenant'>, language: Language): string => tenantLine({ tenant }, language)
export const azureFound = (found: Pick<Proof, 'tenant' | 'azure'>, language: Language): string => azureLine(found, language)
export const microsoft365Found = (found: Pick<Proof, 'microsoft365'>, language: Language): string => productsLine(found, language)
