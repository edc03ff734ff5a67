/** What does a guide say to who goes one of its ways? The same steps, some of them in other words. */
import type { Guide, OwnerWay } from './schema'

export const alongWay = (guide: Guide, way: OwnerWay | undefined): Guide => {
  const own = way && guide.ways?.each[way]
  return own ? { ...guide, steps: guide.steps.map((step) => ({ ...step, ...own.steps[step.id] })) } : guide
}
