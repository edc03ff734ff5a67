/** What is a fact as somebody says it, and which of those count? */
import type { FactName, FactValue } from './known'

export interface Told {
  readonly fact: FactName
  readonly value: FactValue
  /** Said not to be so. */
  readonly negated: boolean
  readonly time: 'now' | 'past' | 'planned'
  readonly whose: 'us' | 'other'
  /** `hedged`: "I think"; `reported`: "she says"; `asked`: a question, or only supposed. */
  readonly how: 'plain' | 'hedged' | 'reported' | 'asked'
}

/** How a fact is said: in folded words, both languages in one pattern. */
export interface FactRule {
  readonly fact: FactName
  readonly value: FactValue
  readonly says: RegExp
  /** Holds on though it is said in the past: "it was opened with my own address". */
  readonly steady?: boolean
  /** The pattern itself says that somebody else is meant and that it counts: "my colleague is the owner". */
  readonly ofOthers?: boolean
  /** The pattern holds its own "not". */
  readonly ownNegation?: boolean
  /** Only where the person speaks of themselves: the accounts of others are theirs. */
  readonly mine?: boolean
}

/** Past, plans, other people and questions are understood and change nothing. */
export const counts = ({ time, whose, how }: Told): boolean => time === 'now' && whose === 'us' && how !== 'asked'
