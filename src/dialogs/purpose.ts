/** What is a role looked up for? For the guide that is open and its step, not for one thing always. */
import type { Need } from '../directory'
import { guideOf } from '../guides'
import type { RolePurpose } from '../replies/role'
import { positionOf, roleNeedOf, type Run } from '../runs/run'
import type { Language } from '../topics'

export interface Purpose {
  readonly need: Need
  /** The step that takes the role, 0-based; in a guide whose steps take none, the present one. */
  readonly index: number
  readonly role: RolePurpose
}

/** Undefined: no guide is open that says. Before its steps, what the first of them takes; at its end, what the last took. */
export const purposeOf = (run: Run | undefined, language: Language): Purpose | undefined => {
  const guide = run && guideOf(run.topic, run.language)
  if (!run || !guide?.before) return undefined
  const here = { before: 0, stopped: 0, steps: positionOf(run, guide).index, end: guide.steps.length - 1 }[run.stage]
  const label = guideOf(run.topic, language).label
  const owner = roleNeedOf(guide) === 'azure-owner'
  const taking = guide.steps.findIndex(({ need }, at) => at >= here && need !== undefined)
  const index = taking >= 0 && run.stage !== 'end' ? taking : here
  const need = guide.steps[index]?.need ?? (owner ? 'accept-move' : 'buy-microsoft-365')
  const kind = owner ? 'azure-owner' : roleNeedOf(guide) === 'none' ? 'none' : 'directory'
  return { need, index, role: { guide: label, kind } }
}
