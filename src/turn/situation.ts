/** In which situation is a message read? Made of what is known, once a turn; never stored. */
import { openRun } from '../runs/person'
import type { Run } from '../runs/run'
import type { Mode, Situation } from '../understanding/situation'
import type { Turn } from './turn'

const modeOf = (run: Run | undefined, isAsked: boolean): Mode => {
  if (isAsked) return 'asked'
  if (!run) return 'idle'
  return run.stage === 'steps' ? 'step' : run.stage
}

const contractKnown = ({ person, services }: Turn): Situation['facts'] => {
  const { contract, facts } = person.known
  return { ...facts, ...(contract && { contract: { value: contract, source: 'told', at: services.now().toISOString() } }) }
}

export const situationOf = (turn: Turn): Situation => {
  const { view, person } = turn
  const run = openRun(person)
  const shown = view.shown ?? 'nothing'
  const asked = view.asked?.question ?? (shown === 'which' || shown === 'welcome' ? 'which' : undefined)
  return {
    mode: modeOf(run, view.asked !== undefined),
    ...(asked && { asked }),
    shown,
    ...(run && { guide: run.topic, step: run.step }),
    ...(view.topic && { lastTopic: view.topic }),
    listed: view.list.length,
    facts: contractKnown(turn),
    shared: false,
  }
}
