/** How long do look-ups take? The directory, each question of it timed as a part of the turn. */
import type { Directory } from '../directory'
import type { TurnWatch } from '../telemetry/watch'

export const watchedLookUps = (directory: Directory, { during }: Pick<TurnWatch, 'during'>): Directory => ({
  checkRole: (...asked) => during('look-up', () => directory.checkRole(...asked), 'role'),
  findHelpers: (...asked) => during('look-up', () => directory.findHelpers(...asked), 'helpers'),
  standing: (...asked) => during('look-up', () => directory.standing(...asked), 'standing'),
  prove: (...asked) => during('look-up', () => directory.prove(...asked), 'proof'),
  preflight: (...asked) => during('look-up', () => directory.preflight(...asked), 'preflight'),
  findOwners: (...asked) => during('look-up', () => directory.findOwners(...asked), 'owners'),
  lookUpSubscription: (...asked) => during('look-up', () => directory.lookUpSubscription(...asked), 'subscription'),
  lookUpDomain: (...asked) => during('look-up', () => directory.lookUpDomain(...asked), 'domain'),
  whyNot: directory.whyNot,
  before: (deadline) => watchedLookUps(directory.before(deadline), { during }),
})
