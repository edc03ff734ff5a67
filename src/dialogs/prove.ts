/** Is it one tenant now? The three findings for who is asking, and what the run keeps of them. */
import type { Proof } from '../directory'
import { asksForSignIn } from '../replies/role'
import { provedAfter, type Given } from '../runs/proved'
import type { Run } from '../runs/run'
import type { Turn } from '../turn/turn'
import type { Inputs } from '../verbs/action'
import { findCaller } from './caller'
import { applyEvent } from './run'

export interface Proving {
  readonly turn: Turn
  readonly proof: Proof
  /** What was given is no id or no domain; then the run is as it was. */
  readonly problem?: 'proof.invalidSubscription' | 'proof.invalidDomain' | undefined
  readonly run: Run
}

/** `fresh`: not what was read a moment ago. */
export const prove = async (turn: Turn, run: Run, given: Given, { fresh }: { readonly fresh: boolean }): Promise<Proving> => {
  const { subscription, domain } = given
  const asking = await findCaller(turn, { verb: 'check-again', topic: run.topic, run: run.id })
  const proof = await turn.services.directory.prove(asking.caller, { subscriptionId: subscription, domain }, { fresh })
  const problem = problemIn(proof)
  if (problem) return { turn: asking.turn, proof, problem, run }
  return { ...applyEvent(asking.turn, run, { kind: 'proved', proof: provedAfter(run.proof, proof, given, turn.signedIn) }), proof }
}

const problemIn = ({ azure, domain }: Proof): Proving['problem'] => {
  if (azure.answer === 'unknown' && azure.reason === 'invalid-input') return 'proof.invalidSubscription'
  return domain?.kind === 'invalid' ? 'proof.invalidDomain' : undefined
}

/** What was filled in to be looked up. */
export const givenIn = ({ subscription, domain }: Inputs): Given => ({ subscription: subscription?.trim() || undefined, domain: domain?.trim() || undefined })

/** Whether signing in could turn something the run does not know into a finding. */
export const couldSignIn = async ({ services }: Turn, { proof }: Run): Promise<boolean> => {
  if (!services.signsIn || !proof || ![proof.tenant, proof.microsoft365, proof.azure].includes('unknown')) return false
  const { without } = await services.caller()
  return without !== undefined && asksForSignIn(without)
}
