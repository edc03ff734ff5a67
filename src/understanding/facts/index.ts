/** Which facts does a message tell, and how? Every rule over every clause; enumerations only come out. */
import { fold, readable } from '../clean'
import { accountRules } from './account'
import { contractRules } from './contract'
import { helpRules } from './help'
import { organizationRules, sizeIn } from './organization'
import { ownerRules } from './owner'
import { productRules } from './products'
import { roleRules } from './role'
import { runsRules } from './runs'
import { clausesForFacts, isPersonal, marksOf, type Clause } from './scope'
import { tenantRules } from './tenants'
import type { FactRule, Told } from './told'

const rules: readonly FactRule[] = [
  ...contractRules,
  ...accountRules,
  ...roleRules,
  ...ownerRules,
  ...productRules,
  ...tenantRules,
  ...organizationRules,
  ...runsRules,
  ...helpRules,
]

/** A pattern that holds its own "not" decides by itself; in any other one a "not" may stand inside too. */
const toldBy = (rule: FactRule, clause: Clause): readonly Told[] => {
  const found = rule.says.exec(clause.text)
  if (!found) return []
  // Cues may stand inside a wide pattern: they are looked for up to its last word.
  const lastWord = found[0].search(/\S+$/)
  const from = found.index + Math.max(0, lastWord)
  return [{ fact: rule.fact, value: rule.value, ...marksOf(clause, from, found.index + found[0].length, rule) }]
}

const sizeTold = (clause: Clause): readonly Told[] => {
  const size = sizeIn(clause.text)
  return size ? [{ fact: size.fact, value: size.value, ...marksOf(clause, size.from, size.to, {}) }] : []
}

/** Of two that say the same of a fact the surer stays; one that is wider than another of its clause gives way. */
const single = (told: readonly Told[]): readonly Told[] => {
  const kept: Told[] = []
  for (const each of told) if (!kept.some((other) => other.fact === each.fact && other.value === each.value && other.negated === each.negated)) kept.push(each)
  return kept
}

/**
 * In the order of the message. Never throws, and the same text always gives the same facts.
 * @param asking the message only asks or wishes something: then what is not said of the speaker is none of their case
 */
export const factsIn = (text: string, asking = false): readonly Told[] => {
  const clauses = clausesForFacts(fold(readable(text)))
  const found = clauses.flatMap((clause) => {
    const impersonal = asking && !isPersonal(clause.text) ? { ...clause, asked: true } : clause
    // What a policy forbids or somebody else did is never said of the speaker.
    return [...rules.flatMap((rule) => toldBy(rule, rule.ofOthers || rule.ownNegation ? clause : impersonal)), ...sizeTold(impersonal)]
  })
  return single(found)
}
