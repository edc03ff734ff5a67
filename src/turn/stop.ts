/** Does something the person told forbid the guide? Worked out anew each turn, so that taking it back gives the place back. */
import { guideOf } from '../guides'
import type { Contract } from '../guides/schema'
import type { Run } from '../runs/run'
import type { Turn } from './turn'

export const contractRule = ({ topic, language }: Run, contract: Contract) => guideOf(topic, language).before?.contracts[contract]

/** What the person is told in place of going on; undefined: nothing is in the way, or they only read along. */
export const stopOf = ({ person }: Pick<Turn, 'person'>, run: Run): string | undefined => {
  const { contract } = person.known
  const rule = contract && contractRule(run, contract)
  return rule?.effect === 'stop' && !run.readOnly ? (rule.text ?? '') : undefined
}

/** The contract keeps the person from going on, on the card that says so or at a step. */
export const isHeldUp = (turn: Pick<Turn, 'person'>, run: Run | undefined): boolean =>
  run !== undefined && (run.stage === 'stopped' || stopOf(turn, run) !== undefined)

/** Before the steps, with nothing in the way: what stopped it may have been taken back. */
export const isToProceed = (turn: Pick<Turn, 'person'>, run: Run): boolean =>
  run.stage === 'before' || (run.stage === 'stopped' && stopOf(turn, run) === undefined)
