/** What does a told fact change in what is known? Only what is so, now, of the person's own case; taken back, it is gone. */
import { contracts, type Contract } from '../guides/schema'
import type { Known } from '../runs/run'
import type { Facts } from '../understanding/facts/known'
import { counts, type Told } from '../understanding/facts/told'
import { withPerson, type Turn } from './turn'

/** A customer agreement covers many sign-ups on the web. */
const contractOf = (value: string): Contract | undefined => (value === 'mca' ? 'web' : contracts.find((each) => each === value))

/** What would let somebody go on is not taken from hearsay. */
const isSureEnough = ({ value, how }: Told): boolean => how === 'plain' || value === 'ea' || value === 'csp'

/** What was told before stands again when the new word is taken back. */
const withContract = (known: Known, told: Told, at: string): Known => {
  const value = contractOf(told.value)
  if (value === undefined || !isSureEnough(told)) return known
  const { contract, facts, ...rest } = known
  if (told.negated) return contract === value ? { ...rest, facts, ...before(known, value) } : known
  const earlier = contract && contract !== value ? { contract: { value: contract, source: 'told' as const, at } } : {}
  return { ...known, contract: value, facts: { ...facts, ...earlier } as Facts }
}

const before = ({ facts }: Known, taken: Contract): Partial<Known> => {
  const contract = contracts.find((each) => each === facts?.contract?.value)
  return contract && contract !== taken ? { contract } : {}
}

const withFact = (known: Known, told: Told, at: string): Known => {
  if (told.fact === 'contract') return withContract(known, told, at)
  const { [told.fact]: before, ...others } = known.facts ?? {}
  if (told.negated) return before?.value === told.value ? { ...known, facts: others as Facts } : known
  if (told.how !== 'plain') return known
  return { ...known, facts: { ...known.facts, [told.fact]: { value: told.value, source: 'told', at } } as Facts }
}

export const bindFacts = (turn: Turn, facts: readonly Told[]): Turn => {
  const at = turn.services.now().toISOString()
  const known = facts.filter(counts).reduce((before: Known, told) => withFact(before, told, at), turn.person.known)
  return known === turn.person.known ? turn : withPerson(turn, { known })
}
