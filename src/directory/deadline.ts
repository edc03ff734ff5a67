/** How does a look-up end that takes too long? As unknown, for the reason that its time was up. */
import { createDeadline, TimeUpError, within as withinDeadline, type Deadline } from '../deadline'
import { CouldNotLook } from './verdict'

export { createDeadline, type Deadline }

/** The work's outcome, or `timeout` as soon as the time is up, even when the work cannot be aborted. */
export const within = async <T>(deadline: Deadline, work: Promise<T>): Promise<T> => {
  try {
    return await withinDeadline(deadline, work)
  } catch (error) {
    throw error instanceof TimeUpError || deadline.signal.aborted ? new CouldNotLook('timeout') : error
  }
}
