/** "Is it one tenant now?": the public look-ups of a subscription and a domain, and the comparison by hand behind them. */
import type { Inputs } from '../cards/action'
import { words, type Phrase } from '../guides/words'
import { askProofReply, proofReply, sharedProofReply } from '../replies/proof'
import type { GuideInput } from '../route'
import type { Run } from '../runs/run'
import { isShared, type Turn } from '../turn'
import type { Opening, ScenarioRules } from './scenario'

const ask = (turn: Turn, run: Run, hint?: Phrase): Opening => ({
  reply: isShared(turn)
    ? sharedProofReply(run, turn.services.privateChatUrl)
    : askProofReply(run, hint && words(run.language).t(hint)),
})

const lookUp = async (turn: Turn, run: Run, { subscription, domain }: Inputs): Promise<Opening> => {
  const { directory, now } = turn.services
  const given = (value: string | undefined) => (value?.trim() ? value : undefined)
  const [id, host] = [given(subscription), given(domain)]
  if (!id && !host) return ask(turn, run, 'proof.nothing')
  const [azure, microsoft365] = await Promise.all([id && directory.lookUpSubscription(id), host && directory.lookUpDomain(host)])
  const subscriptionFound = azure || undefined
  const domainFound = microsoft365 || undefined
  if (subscriptionFound?.kind === 'invalid') return ask(turn, run, 'proof.invalidSubscription')
  if (domainFound?.kind === 'invalid') return ask(turn, run, 'proof.invalidDomain')
  const view = { tenantId: turn.incoming.tenantId, subscription: subscriptionFound, domain: domainFound, at: now() }
  return { reply: proofReply(run, view) }
}

const answer = async (turn: Turn, run: Run, { verb, inputs }: GuideInput): Promise<Opening> => {
  if (verb !== 'look-up') return { event: { kind: 'proceed' } }
  return isShared(turn) ? ask(turn, run) : lookUp(turn, run, inputs)
}

export const verifySetup: ScenarioRules = { topic: 'verify-setup', open: async (turn, run) => ask(turn, run), answer }
