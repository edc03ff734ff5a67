/** What can come with a message that cannot be opened here? */

/** The one that is named first says most. */
export const attachedKinds = ['picture', 'recording', 'file', 'animation', 'card'] as const
export type Attached = (typeof attachedKinds)[number]
