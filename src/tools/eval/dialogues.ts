/** Do whole conversations go as those who wrote them meant? Each turn with the right situation given, and with the bot's own carried on. */
import { z } from 'zod'
import { stopOf } from '../../turn/stop'
import { guideOf } from '../../guides'
import { words } from '../../guides/words'
import { openRun } from '../../runs/person'
import { beginRun, openQuestion, type Run } from '../../runs/run'
import { isScenario, languages, type Language, type Scenario } from '../../topics'
import type { Personal, PersonalOutcome } from '../../turn/outcome'
import { newcomer, now, playerIn } from './player'
import { meanOf, readWriters, share, type Measured } from './writers'

const turnSchema = z.looseObject({
  say: z.string(),
  topic: z.string().optional(),
  alsoTopic: z.array(z.string()).optional(),
  cause: z.string().optional(),
  alsoCause: z.array(z.string()).optional(),
  /** Where the person stands after a right answer. */
  at: z.string().regex(/^(?:none|contract|account|stopped|end|[1-9])$/),
})
type Meant = z.infer<typeof turnSchema>
const dialogueSchema = z.looseObject({ id: z.string(), locale: z.enum(languages), turns: z.array(turnSchema).min(1) })
type Dialogue = z.infer<typeof dialogueSchema>

const measures = ['right', 'half', 'lost', 'gateWrong', 'notSure', 'rightGiven'] as const
export type DialogueMeasure = (typeof measures)[number]

interface Played {
  readonly outcome: PersonalOutcome
  readonly at: string
}

const placeOf = ({ person }: Personal): string => {
  const run = openRun(person)
  if (!run) return 'none'
  if (run.stage === 'end' || run.stage === 'stopped') return run.stage
  const { before, steps } = guideOf(run.topic, run.language)
  if (run.stage === 'before') return before ? (openQuestion(person.known, run) ?? 'account') : '1'
  const stop = stopOf({ person }, run)
  return stop === undefined || run.readOnly ? String(steps.findIndex(({ id }) => id === run.step) + 1) : 'stopped'
}

/** What the reply is about, as far as one can tell. */
const aboutOf = ({ known }: PersonalOutcome): readonly (string | undefined)[] => [
  known.view.last?.topic,
  known.view.topic,
  openRun(known.person)?.topic,
  known.view.passage?.split('/')[0],
]

const isUnsure = ({ reply }: PersonalOutcome): boolean => {
  if (!reply) return true
  const { t } = words(reply.page.language)
  return [t('talk.unknownTitle'), t('talk.between')].includes(reply.page.title)
}

const isUnder = (list: readonly (string | undefined)[], wanted: readonly string[]) => list.some((each) => each !== undefined && wanted.includes(each))

type Verdict = 'right' | 'half' | 'wrong'

const contentOf = (meant: Meant, { outcome }: Played): Verdict => {
  const { cause, topic, alsoCause = [], alsoTopic = [] } = meant
  const { view } = outcome.known
  if (cause !== undefined) {
    const shown = view.passage?.split('/').at(-1)
    if (shown !== undefined && [cause, ...alsoCause].includes(shown)) return 'right'
    return view.shown === 'stuck' && shown === undefined ? 'half' : 'wrong'
  }
  if (topic === 'none') return isUnsure(outcome) || view.shown === 'talk' ? 'right' : 'wrong'
  if (topic === undefined) return isUnsure(outcome) ? 'wrong' : 'right'
  if (isUnder(aboutOf(outcome), [topic, ...alsoTopic])) return 'right'
  return isUnsure(outcome) &&
    isUnder(outcome.reply?.page.buttons.map((each) => (each.kind === 'press' ? each.action.topic : undefined)) ?? [], [topic, ...alsoTopic])
    ? 'half'
    : 'wrong'
}

/** Who would sign in with the wrong account is told so on the card that asks for it. */
const isThere = (meant: string, { at, outcome }: Played): boolean => {
  const { topic } = outcome.known.view
  return at === meant || (meant === 'stopped' && at === 'account' && (topic === 'which-account' || topic === 'personal-owner'))
}

const judge = (meant: Meant, played: Played): Verdict => (isThere(meant.at, played) ? contentOf(meant, played) : 'wrong')

/** Who looks something up does so by hand here: there is no directory to look in. */
const byHand = (known: Personal): Personal => {
  const run = openRun(known.person)
  if (run?.stage !== 'before' || guideOf(run.topic, run.language).before) return known
  const runs = known.person.runs.map((each): Run => (each.id === run.id ? { ...each, stage: 'steps' } : each))
  return { person: { ...known.person, runs }, view: { ...known.view, shown: 'step', asked: undefined } }
}

const isStep = (at: string): boolean => /^\d$/.test(at)

/** In a conversation that is a step behind, going one on is right all the same. */
const judgeMove = (meant: Meant, meantBefore: string, played: Played, ownBefore: string): Verdict => {
  const moves = [meant.at, meantBefore, played.at, ownBefore].every(isStep) && Number(meant.at) - Number(meantBefore) === Number(played.at) - Number(ownBefore)
  return moves || isThere(meant.at, played) ? contentOf(meant, played) : 'wrong'
}

const stages: Readonly<Record<string, Run['stage']>> = { contract: 'before', account: 'before', stopped: 'stopped', end: 'end' }

/** What is known when everything before went right: as far as the labels tell. */
const rightBefore = (own: Personal, given: string, topic: Scenario | undefined, language: Language, newId: () => string): Personal => {
  if (given === 'none' || !topic) return { ...own, person: { ...own.person, open: undefined } }
  const guide = guideOf(topic, language)
  const had = own.person.runs.find((run) => run.topic === topic) ?? beginRun(guide, { id: newId(), language, now })
  const step = /^\d$/.test(given) ? (guide.steps[Number(given) - 1]?.id ?? had.step) : had.step
  const { contract, account, ...known } = own.person.known
  const isBound = contract === 'ea' || contract === 'csp'
  const at = given === 'stopped' && !isBound ? 'account' : given
  const stage = stages[at] ?? 'steps'
  const run: Run = { ...had, stage, step }
  const isAsked = at === 'contract' || at === 'account'
  return {
    view: {
      ...own.view,
      ...(isAsked && { asked: { question: at }, shown: 'before' as const }),
      ...(!isAsked && own.view.shown === 'before' && { asked: undefined, shown: stage === 'stopped' ? ('stopped' as const) : ('step' as const) }),
    },
    person: {
      ...own.person,
      runs: [run, ...own.person.runs.filter(({ id }) => id !== run.id)],
      open: run.id,
      known: {
        ...known,
        account: at === 'contract' || at === 'account' ? account.filter((each) => each !== topic) : [...new Set([...account, topic])],
        ...(at !== 'contract' && { contract: at === 'stopped' || guide.before?.contracts[contract ?? 'web'].effect !== 'stop' ? (contract ?? 'web') : 'web' }),
      },
    },
  }
}

interface Tally {
  turns: number
  right: number
  half: number
  lost: number
  gateWrong: number
  notSure: number
  rightGiven: number
}

/** A turn that was not right although its situation was. */
export interface Miss {
  readonly id: string
  readonly turn: number
  readonly say: string
  readonly meant: Meant
  readonly at: string
  readonly before: string
  readonly title: string | undefined
  readonly verdict: Verdict
}

const gates: readonly string[] = ['contract', 'account']

const playDialogue = async ({ id, locale, turns }: Dialogue, tally: Tally, misses: Miss[], words: number[]) => {
  const { newId, say } = playerIn(locale)
  const play = async (known: Personal, text: string): Promise<Played> => {
    const outcome = await say(known, text)
    return { outcome, at: placeOf(outcome.known) }
  }
  let own = newcomer()
  let given = own
  let [meantBefore, ownBefore] = ['none', 'none']
  let guide: Scenario | undefined
  for (const [turn, meant] of turns.entries()) {
    const played = await play(own, meant.say)
    const verdict = judgeMove(meant, meantBefore, played, ownBefore)
    tally.turns += 1
    words.push(wordsIn(played.outcome))
    if (verdict === 'right') tally.right += 1
    if (verdict === 'half') tally.half += 1
    if (isUnsure(played.outcome)) tally.notSure += 1
    if (ownBefore !== 'none' && played.at === 'none' && meant.at !== 'none') tally.lost += 1
    if (gates.includes(ownBefore) && gates.includes(meant.at) && /^\d$/.test(played.at)) tally.gateWrong += 1
    const right = rightBefore(given, meantBefore, guide, locale, newId)
    const replayed = await play(turn === 0 ? given : right, meant.say)
    const verdictGiven = judge(meant, replayed)
    if (verdictGiven === 'right') tally.rightGiven += 1
    else
      misses.push({ id, turn, say: meant.say, meant, at: replayed.at, before: meantBefore, title: replayed.outcome.reply?.page.title, verdict: verdictGiven })
    own = byHand(played.outcome.known)
    given = byHand(replayed.outcome.known)
    ownBefore = placeOf(own)
    meantBefore = meant.at
    if (meant.at === 'none') continue
    const opened = meant.topic !== undefined && isScenario(meant.topic) ? meant.topic : undefined
    guide = guide ?? opened
    if (opened && gates.includes(meant.at)) guide = opened
  }
}

/** What a person reads of an answer before anything is unfolded: without its buttons and the addresses of links. */
const wordsIn = ({ reply }: PersonalOutcome): number =>
  reply?.text
    .replace(/\n→ .*$/su, '')
    .replaceAll(/\(https?:[^)]*\)/g, '')
    .match(/[\p{L}\p{N}][\p{L}\p{N}’'.-]*/gu)?.length ?? 0

const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0

export interface Talks {
  readonly measured: readonly Measured<DialogueMeasure>[]
  readonly misses: readonly Miss[]
  /** Words in sight: the median, and what nine of ten answers stay below. */
  readonly words: { readonly median: number; readonly ninth: number }
}

/** Shares of turns: right, half right (offered, or all causes in place of the one), positions lost, gates wrongly answered, "not sure", right with the situation given. */
export const measureDialogues = async (folder: string): Promise<Talks> => {
  const writers = readWriters(folder, dialogueSchema)
  const misses: Miss[] = []
  const words: number[] = []
  const tallies = new Map<Dialogue, Tally>()
  for (const dialogue of writers.flatMap(({ rows }) => rows)) {
    const tally: Tally = { turns: 0, right: 0, half: 0, lost: 0, gateWrong: 0, notSure: 0, rightGiven: 0 }
    await playDialogue(dialogue, tally, misses, words)
    tallies.set(dialogue, tally)
  }
  const measuresOf = (rows: readonly Dialogue[]) => {
    const sum = (name: keyof Tally) => rows.reduce((total, row) => total + (tallies.get(row)?.[name] ?? 0), 0)
    return Object.fromEntries(measures.map((name) => [name, share(sum(name), sum('turns'))])) as Record<DialogueMeasure, number>
  }
  return {
    measured: languages.map((language) => meanOf(language, writers, measures, 'right', measuresOf)),
    misses,
    words: { median: quantile(words, 0.5), ninth: quantile(words, 0.9) },
  }
}
