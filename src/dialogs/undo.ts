/** What did the last change take, and how is it given back? */
import type { Person } from '../runs/person'
import type { Run } from '../runs/run'
import type { Undo } from '../runs/view'

const pick = ({ open, known }: Person) => JSON.stringify([open, known])

/** What gives back the person as they were; undefined when nothing of their guides and facts changed. */
export const remember = (before: Person, after: Person): Undo | undefined => {
  const isSame = (run: Run) => after.runs.some((other) => other.id === run.id && other.rev === run.rev)
  const runs = before.runs.filter((run) => !isSame(run))
  const added = after.runs.filter(({ id }) => !before.runs.some((run) => run.id === id)).map(({ id }) => id)
  if (runs.length === 0 && added.length === 0 && pick(before) === pick(after)) return undefined
  return { ...(before.open !== undefined && { open: before.open }), known: before.known, runs, added }
}

/** Buttons made since then are of an earlier moment now. */
const newer = (run: Run, { runs }: Person): Run => ({ ...run, rev: (runs.find(({ id }) => id === run.id)?.rev ?? run.rev) + 1 })

export const giveBack = (person: Person, { open, known, runs, added }: Undo): Person => {
  const others = person.runs.filter(({ id }) => !added.includes(id) && !runs.some((run) => run.id === id))
  const all = [...runs.map((run) => newer(run, person)), ...others].toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
  return { ...person, open, known, runs: all }
}
