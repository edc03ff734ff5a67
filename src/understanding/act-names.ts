/** What can a message do? */

export const actNames = [
  'ask', 'answer', 'tell', 'correct', 'agree', 'refuse', 'pick', 'begin', 'go-on', 'done', 'back', 'go-to', 'skip', 'repeat', 'more', 'where', 'left', 'resume',
  'stuck', 'tried', 'worked', 'leave', 'restart', 'later', 'remind', 'undo', 'check-role', 'check-setup', 'give', 'do-it', 'delegate', 'human', 'complain',
  'who-are-you', 'thanks', 'bye', 'greet', 'acknowledge', 'language', 'sign-in', 'sign-out', 'forget-me', 'my-guides', 'share', 'plain-text', 'cards', 'why',
  'help', 'none',
] as const
export type ActName = (typeof actNames)[number]
