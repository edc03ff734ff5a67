/** How alike must a message and a passage be before it is shown? Placed on what writers said at a step, and on what others asked there. */

/** Who says that they are stuck means something at their step: a little is enough. */
export const leastSymptom = 0.1
/** Who is stuck may mean something of another step of the guide. */
export const leastElsewhere = 0.2
/** Nobody said that they are stuck, so that it may be any question. */
export const leastUnsaid = 0.17
/** Nobody said so, but no topic is likely either. */
export const leastDoubtful = 0.13
/** What is asked at a step, and answered in its own words. */
export const leastAsked = 0.2
/** The point of an answer that is told first. */
export const leastPoint = 0.2
/** A topic is plainly asked for: what stands at the step must be very much like it. */
export const leastBesideTopic = 0.26
/** "Take me to the licences": the step whose passages are most like it. */
export const leastStep = 0.1
/** Of all there is to say: where two topics are near, and where none is. */
export const leastInDoubt = 0.19
export const leastRefused = 0.27
