/** Everything that was read, in the order in which it is dealt with: at most one move, questions before it, manners last. */
import type { Act, AnyAct } from './act'

/** What changes where the person is. */
const moves: readonly AnyAct[] = ['begin', 'go-on', 'done', 'back', 'go-to', 'skip', 'resume', 'restart', 'leave']
const social: readonly AnyAct[] = ['thanks', 'bye', 'greet', 'acknowledge']
const facts: readonly AnyAct[] = ['correct', 'undo', 'tell', 'give']
const bareWords: readonly AnyAct[] = ['agree', 'refuse', 'acknowledge']

const isMove = ({ act }: Act): boolean => moves.includes(act)

/** What several moves come to: done and on is done; else the last word counts, but never one that loses the position beside another. */
const oneMove = (found: readonly Act[]): Act | undefined => {
  const kind = (act: AnyAct) => found.findLast((each) => each.act === act)
  const others = found.filter(({ act }) => act !== 'go-on')
  if (others.length === 0) return found.at(-1)
  const mild = others.filter(({ act }) => act !== 'leave' && act !== 'restart')
  const jump = kind('go-to') ?? kind('back')
  return jump ?? mild.at(-1) ?? others.at(-1)
}

const rankOf = ({ act }: Act): number => {
  if (facts.includes(act)) return 0
  if (act === 'answer') return 1
  if (social.includes(act)) return 4
  return moves.includes(act) ? 3 : 2
}

/** Drops what says nothing beside the rest: an "ok" before something else, the second of two equal ones. */
const withoutFillers = (acts: readonly Act[]): readonly Act[] => {
  const kept = acts.filter((each, at) => each.act === 'ask' || acts.findIndex((other) => other.act === each.act) === at)
  const more = kept.filter(({ act }) => !social.includes(act) && !bareWords.includes(act))
  if (more.length > 0) return kept.filter(({ act }) => !bareWords.includes(act) && act !== 'greet')
  const plain = kept.filter(({ act }) => act !== 'acknowledge')
  return plain.length > 0 ? plain : kept
}

/** @throws never; the result has one act at least when it was given one. */
export const tidied = (acts: readonly Act[]): readonly Act[] => {
  const kept = withoutFillers(acts)
  const found = kept.filter(isMove)
  const move = oneMove(found)
  return kept.filter((each) => !isMove(each) || each === move).toSorted((a, b) => rankOf(a) - rankOf(b))
}
