/** How far is a person in one guide? As JSON, with the pure reducer that is the only way to change it. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { factsSchema } from '../understanding/facts/known'
import { contracts, roleNeeds, type Guide, type OwnerWay } from '../guides/schema'
import { languages } from '../topics'
import { scenarioSchema } from '../verbs/former'

/** `before`: on the card that opens the guide; `stopped`: that card said why the person may not go on. */
const stages = ['before', 'stopped', 'steps', 'end'] as const

const outcome = z.enum(['yes', 'no', 'unknown'])
/** What the last proof said, without what it rests on: ids and names are read anew each time. */
const provedSchema = z.looseObject({
  tenant: outcome,
  microsoft365: outcome,
  azure: outcome,
  /** A “no” of Azure is of what the person sees there themselves, not of an id that may be anybody's. */
  own: z.boolean().optional(),
  at: z.iso.datetime(),
})
export type Proved = z.infer<typeof provedSchema>

/** Loose: what a newer version adds to a run is carried along. */
export const runSchema = z.looseObject({
  id: z.string(),
  topic: scenarioSchema,
  language: z.enum(languages),
  stage: z.enum(stages),
  /** Id of the current step; kept as an id so that a new version of a guide cannot move people to another step. */
  step: z.string(),
  /** Ids of the steps the person said are done. */
  done: z.array(z.string()),
  /** Ids of the steps the person passed over, which says nothing about whether they are done. */
  skipped: z.array(z.string()).optional(),
  /** Reading along without the right to proceed (wrong contract or role). */
  readOnly: z.boolean(),
  helped: z.boolean().optional(),
  proof: provedSchema.optional(),
  /** Where the steps begin, once the person may go on: the step they were shown where others read along. */
  startAt: z.string().optional(),
  /** The step the person was at is in the guide no more: this is the nearest before it, which is said once. */
  displaced: z.boolean().optional(),
  /** Rises with every change; a button made for an older state shows the current one instead. */
  rev: z.int(),
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Run = z.infer<typeof runSchema>

/** What a person told once and is not asked again. */
export const knownSchema = z.looseObject({
  contract: z.enum(contracts).optional(),
  /** Scenarios for which the person confirmed that they use the right account. */
  account: z.array(scenarioSchema),
  /** They said, for a move, that a personal account owns the subscription. */
  personalOwner: z.boolean().optional(),
  /** Of that account: does it go on working there; does it ask while an administrator is there to accept? */
  stays: z.enum(['yes', 'no']).optional(),
  together: z.enum(['yes', 'no']).optional(),
  /** What else they told about their case: enumerations with a time, never text. */
  facts: factsSchema.optional(),
})
export type Known = z.infer<typeof knownSchema>

export type RunEvent =
  | { readonly kind: 'proceed' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'read-along' }
  | { readonly kind: 'done' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'back' }
  | { readonly kind: 'go-to'; readonly step: string }
  | { readonly kind: 'restart' }
  | { readonly kind: 'helped'; readonly yes: boolean }
  | { readonly kind: 'proved'; readonly proof: Proved }
  | { readonly kind: 'language'; readonly language: Run['language'] }

const firstStep = (guide: Guide) => guide.steps[0]?.id ?? ''
const indexOf = (guide: Guide, step: string) =>
  Math.max(
    0,
    guide.steps.findIndex(({ id }) => id === step),
  )

export const beginRun = (guide: Guide, given: { readonly id: string; readonly language: Run['language']; readonly now: Date }): Run => ({
  id: given.id,
  topic: guide.topic,
  language: given.language,
  stage: 'before',
  step: firstStep(guide),
  done: [],
  readOnly: false,
  rev: 1,
  startedAt: given.now.toISOString(),
  updatedAt: given.now.toISOString(),
})

/** The run after the event; the same object when the event changes nothing. */
export const reduceRun = (run: Run, event: RunEvent, guide: Guide, now: Date): Run => {
  const change = changeOf(run, event, guide)
  return change ? { ...run, displaced: undefined, ...change, rev: run.rev + 1, updatedAt: now.toISOString() } : run
}

const changeOf = (run: Run, event: RunEvent, guide: Guide): Partial<Run> | undefined => {
  switch (event.kind) {
    case 'proceed':
      return { stage: 'steps', readOnly: false, ...begun(run, guide) }
    case 'stop':
      return { stage: 'stopped' }
    case 'read-along':
      return { stage: 'steps', readOnly: true, ...begun(run, guide) }
    case 'done':
      return afterDone(run, guide)
    case 'skip':
      return afterSkip(run, guide)
    case 'back':
      return beforeCurrent(run, guide)
    case 'go-to':
      return goTo(stepToday(guide, event.step))
    case 'restart':
      return { stage: 'before', step: firstStep(guide), startAt: undefined, done: [], skipped: undefined, readOnly: false, helped: undefined, proof: undefined }
    case 'helped':
      return run.helped === event.yes ? undefined : { helped: event.yes }
    case 'proved':
      return { proof: event.proof }
    case 'language':
      return run.language === event.language ? undefined : { language: event.language }
  }
}

/** Once: who goes back and on again stays where they are. */
const begun = ({ startAt, step }: Run, guide: Guide): Partial<Run> =>
  startAt === undefined ? {} : { step: stepToday(guide, startAt) ?? step, startAt: undefined }

const goTo = (step: string | undefined): Partial<Run> | undefined => (step === undefined ? undefined : { stage: 'steps', step })

const afterDone = (run: Run, guide: Guide): Partial<Run> | undefined => {
  if (run.stage !== 'steps') return undefined
  const at = indexOf(guide, run.step)
  const done = run.readOnly ? run.done : [...new Set([...run.done, guide.steps[at]?.id ?? run.step])]
  const next = guide.steps[at + 1]
  const skipped = run.skipped?.filter((id) => !done.includes(id))
  return next ? { step: next.id, done, ...(skipped && { skipped }) } : { stage: 'end', done, ...(skipped && { skipped }) }
}

const afterSkip = (run: Run, guide: Guide): Partial<Run> | undefined => {
  if (run.stage !== 'steps') return undefined
  const at = indexOf(guide, run.step)
  const skipped = [...new Set([...(run.skipped ?? []), guide.steps[at]?.id ?? run.step])]
  const next = guide.steps[at + 1]
  return next ? { step: next.id, skipped } : { stage: 'end', skipped }
}

const beforeCurrent = (run: Run, guide: Guide): Partial<Run> | undefined => {
  if (run.stage === 'end') return { stage: 'steps' }
  if (run.stage === 'stopped') return { stage: 'before' }
  if (run.stage !== 'steps') return undefined
  const previous = guide.steps[indexOf(guide, run.step) - 1]
  return previous ? { step: previous.id } : { stage: 'before' }
}

/** What the step is called today; undefined when the guide has it no more. */
export const stepToday = (guide: Guide, step: string): string | undefined => guide.steps.find(({ id, was }) => id === step || was?.includes(step))?.id

/** Where a person at this step goes on: a step that is gone leads to the one that stood before it, else to the last one that is done. */
export const nearestStep = (guide: Guide, step: string, done: readonly string[] = []): string => {
  const before = guide.gone?.find(({ id }) => id === step)?.before
  const known = guide.steps.find(({ id }) => id === before) ?? guide.steps.findLast(({ id }) => done.includes(id))
  return stepToday(guide, step) ?? known?.id ?? firstStep(guide)
}

/**
 * A run in the guide as it is today: a step that was called otherwise has its new name, one that is gone leads to the nearest
 * before it. Who has not begun begins with the first. The same object when nothing is new.
 */
export const inToday = (run: Run, guide: Guide): Run => {
  const namesToday = (ids: readonly string[]) => [...new Set(ids.map((id) => stepToday(guide, id) ?? id))]
  const done = namesToday(run.done)
  const hasBegun = run.stage === 'steps' || run.stage === 'end'
  const isDisplaced = hasBegun && stepToday(guide, run.step) === undefined
  const step = hasBegun ? nearestStep(guide, run.step, done) : firstStep(guide)
  const now: Run = { ...run, done, step, ...(run.skipped && { skipped: namesToday(run.skipped) }), ...(isDisplaced && { displaced: true }) }
  return isDeepStrictEqual(now, run) ? run : now
}

/** Where the run stands: 0-based index of its step and the number of steps. */
export const positionOf = (run: Run, guide: Guide) => ({ index: indexOf(guide, run.step), count: guide.steps.length })

/** Told in passing: that one signs in with a work account, or, for a move, whose account owns the subscription. */
const hasToldAccount = ({ facts }: Known, topic: Run['topic']): boolean => {
  if (facts?.account?.value === 'work') return true
  const owner = facts?.owner?.value
  return topic === 'link-existing' && (owner === 'me' || owner === 'personal-account' || facts?.account?.value === 'personal')
}

/** What was told of the owner says more than what was pressed; an owner who is somebody else, or gone, is not asked about here. */
const isPersonalOwner = ({ facts, personalOwner }: Known): boolean => {
  const [owner, account] = [facts?.owner?.value, facts?.account?.value]
  if (owner === 'personal-account') return true
  if (owner !== undefined && owner !== 'me') return false
  return account === 'personal' || (personalOwner === true && account !== 'work')
}

export type BeforeQuestion = 'contract' | 'account' | 'stays' | 'together'

/** What the card before the steps asks next: one thing at a time, and nothing that is known. */
export const openQuestion = (known: Known, { topic }: Pick<Run, 'topic'>): BeforeQuestion | undefined => {
  if (known.contract === undefined) return 'contract'
  if (!known.account.includes(topic) && !hasToldAccount(known, topic)) return 'account'
  if (topic !== 'link-existing' || !isPersonalOwner(known)) return undefined
  if (known.stays === undefined) return 'stays'
  return known.stays === 'no' && known.together === undefined ? 'together' : undefined
}

/** The way that fits what was answered about a personal owner; undefined: no personal account owns it, or it is not yet known. */
export const ownerWay = (known: Known): OwnerWay | undefined => {
  if (!isPersonalOwner(known) || known.stays === undefined) return undefined
  if (known.stays === 'yes') return 'invite-personal-account'
  return known.together === undefined ? undefined : known.together === 'yes' ? 'hand-over' : 'bring-work-account'
}

/** Who looks something up, which asks nothing before its steps, is at the first of them by hand from the first card on. */
export const isAtStep = ({ stage }: Run, { before }: Guide): boolean => stage === 'steps' || (stage === 'before' && before === undefined)

export const roleNeedOf = (guide: Guide): (typeof roleNeeds)[number] => guide.before?.role.need ?? 'none'
