/** The cards of `verify-setup`: what to give, and the three findings with what they rest on. */
import type { Block, Reply } from '../cards/reply'
import { reply } from '../cards/reply'
import type { TenantFinding } from '../directory'
import { words } from '../guides/words'
import type { Run } from '../runs/run'
import { arrange, more, openButton, press, supportButton, topicButton } from './buttons'

const leave = (run: Run) => [more(supportButton(run.language)), more(press(run.language, 'buttons.leave', 'cancel', { run }))]

const entries = (run: Run): readonly Block[] => {
  const { t } = words(run.language)
  return [
    { kind: 'entry', id: 'subscription', label: t('proof.subscription'), placeholder: t('proof.subscriptionHint') },
    { kind: 'entry', id: 'domain', label: t('proof.domain'), placeholder: t('proof.domainHint') },
  ]
}

export const askProofReply = (run: Run, hint?: string): Reply => {
  const { t } = words(run.language)
  return reply({
    language: run.language,
    eyebrow: t('proof.eyebrow'),
    title: t('proof.title'),
    blocks: [
      { kind: 'text', text: t('proof.intro') },
      { kind: 'small', text: t('proof.where') },
      ...(hint ? [{ kind: 'box', look: 'warning', title: '', text: hint } satisfies Block] : []),
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

/** What was looked up: the person's tenant as Teams names it, and what the public look-ups found. */
export interface ProofView {
  readonly tenantId: string | undefined
  readonly subscription: TenantFinding | undefined
  readonly domain: TenantFinding | undefined
  readonly at: Date
}

export type Outcome = 'yes' | 'no' | 'unknown'

/** `no` only when two tenants were named; whatever could not be checked leaves it `unknown`. */
export const outcomeOf = ({ tenantId, subscription, domain }: ProofView): Outcome => {
  const named = [subscription, domain].flatMap((finding) => (finding?.kind === 'found' ? [finding.tenantId] : []))
  if (!tenantId) return 'unknown'
  if (named.some((id) => id !== tenantId)) return 'no'
  return subscription?.kind === 'found' ? 'yes' : 'unknown'
}

export const proofReply = (run: Run, view: ProofView): Reply => {
  const { language } = run
  const { t } = words(language)
  const outcome = outcomeOf(view)
  const look = ({ yes: 'good', no: 'attention', unknown: 'emphasis' } as const)[outcome]
  return reply({
    language,
    eyebrow: t('proof.resultEyebrow'),
    title: t(`proof.${outcome}`),
    blocks: [
      { kind: 'box', look, title: '', text: t(`proof.${outcome}Text`) },
      {
        kind: 'facts',
        facts: [
          { title: t('proof.tenant'), value: view.tenantId ? t('proof.tenantYes', { id: view.tenantId }) : t('proof.tenantUnknown') },
          { title: t('proof.microsoft365'), value: microsoft365(view, run) },
          { title: t('proof.azure'), value: azure(view, run) },
        ],
      },
      { kind: 'small', text: t('proof.time', { time: timeOf(view.at, language) }) },
    ],
    buttons: arrange([
      ...(outcome === 'no' ? [topicButton(language, 'link-existing')] : []),
      press(language, 'buttons.lookUpAnother', 'back', { run }),
      press(language, 'buttons.byHand', 'proceed', { run }),
      ...(outcome === 'no' ? [topicButton(language, 'change-directory-impact')] : []),
      ...leave(run),
    ]),
  })
}

const timeOf = (at: Date, language: string) =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }).format(at)

const azure = ({ tenantId, subscription }: ProofView, { language }: Run): string => {
  const { t } = words(language)
  switch (subscription?.kind) {
    case undefined:
      return t('proof.azureUnasked')
    case 'found':
      if (!tenantId) return t('proof.azureNamed', { id: subscription.tenantId })
      return subscription.tenantId === tenantId ? t('proof.azureYes') : t('proof.azureNo', { id: subscription.tenantId })
    case 'none':
      return t('proof.azureNone')
    case 'invalid':
      return t('proof.lookUpFailed', { reason: t('proof.invalidSubscription') })
    case 'unknown':
      return t('proof.lookUpFailed', { reason: t(`reasons.${subscription.reason}`) })
  }
}

const microsoft365 = ({ tenantId, domain }: ProofView, { language }: Run): string => {
  const { t } = words(language)
  switch (domain?.kind) {
    case undefined:
      return t('proof.m365Teams')
    case 'found':
      return domain.tenantId === tenantId ? t('proof.m365DomainYes') : t('proof.m365DomainNo', { id: domain.tenantId })
    case 'none':
      return t('proof.m365DomainNone')
    case 'invalid':
      return t('proof.lookUpFailed', { reason: t('proof.invalidDomain') })
    case 'unknown':
      return t('proof.lookUpFailed', { reason: t(`reasons.${domain.reason}`) })
  }
}
