/** Is another instance still answering the same person? Its answer is waited for, so that it is not taken for one that never came. */
import { setTimeout as sleep } from 'node:timers/promises'
import { within, type Deadline } from '../deadline'
import type { PersonRecord, ThreadRecord } from '../runs/record'
import type { Loaded, Records } from '../runs/records'
import { turnMs } from './parts'

const pauseMs = 100
/** An answer that is on its way is there by then; one that could not be shown costs the next word no more than this. */
const longestMs = 4_000

type Deliveries = Pick<PersonRecord | ThreadRecord, 'handled' | 'owed'>

const isOnItsWay = ({ handled, owed }: Deliveries, activity: string, now: Date): boolean =>
  !handled.includes(activity) && owed.some((each) => each.welcome !== true && now.getTime() - new Date(each.at).getTime() < turnMs)

/** The record once nothing is on its way, or as it is when that takes too long. `activity`: key of what is to be answered now. */
export const loadSettled = async <R extends Deliveries>(
  records: Records<R>,
  key: string,
  { activity, now, deadline }: { readonly activity: string; readonly now: () => Date; readonly deadline: Deadline },
): Promise<Loaded<R>> => {
  const until = performance.now() + longestMs
  for (;;) {
    const loaded = await within(deadline, records.load(key))
    // Within one process nobody's turns overlap.
    if (!records.isShared || performance.now() > until || !isOnItsWay(loaded.record, activity, now())) return loaded
    await within(deadline, sleep(pauseMs))
  }
}
