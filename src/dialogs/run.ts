/** How does a run begin and change in a turn? Always by its reducer, and as the open one. */
import { guideOf } from '../guides'
import type { GuideView } from '../replies/guide'
import { alongWay } from '../guides/ways'
import { beginRun, ownerWay, reduceRun, type Run, type RunEvent } from '../runs/run'
import type { Scenario } from '../topics'
import { withOpenRun, withPerson, type Turn } from '../turn/turn'

export const viewOf = ({ services, incoming, person }: Turn, run: Run): GuideView => ({
  run,
  guide: alongWay(guideOf(run.topic, run.language), ownerWay(person.known)),
  publicUrl: services.publicUrl,
  timeZone: incoming.timeZone,
})

export interface Moved {
  readonly turn: Turn
  readonly run: Run
}

export const applyEvent = (turn: Turn, run: Run, event: RunEvent): Moved => {
  const next = reduceRun(run, event, guideOf(run.topic, run.language), turn.services.now())
  return { turn: withOpenRun(turn, next), run: next }
}

/** A run at its beginning. One that was not gone into is begun again: looking something up every day must not push out guides under way. */
export const startRun = (turn: Turn, scenario: Scenario): Moved => {
  const { services, language, person } = turn
  const guide = guideOf(scenario, language)
  const now = services.now()
  const idle = person.runs.find(({ topic, stage }) => topic === scenario && (stage === 'before' || stage === 'stopped'))
  if (!idle) return { turn, run: beginRun(guide, { id: services.newId(), language, now }) }
  const others = person.runs.filter(({ id }) => id !== idle.id)
  return { turn: withPerson(turn, { runs: others }), run: reduceRun({ ...idle, language }, { kind: 'restart' }, guide, now) }
}
