/** What is said in one line about the talk itself, with the place in the guide kept? */
import { press, supportButton, topicButton } from '../replies/buttons'
import { lineReply } from '../replies/talk'
import { guideOf } from '../guides'
import type { Button, Reply } from '../cards/reply'
import { positionOf, type Run } from '../runs/run'
import type { Language, Topic } from '../topics'
import { words } from '../guides/words'
import type { Line } from '../turn/routes'
import { answerWith, openRunOf, type Answered, type Turn } from '../turn/turn'
import { backToGuide } from './controls'

interface LineRow {
  readonly buttons: (language: Language, run: Run | undefined) => readonly Button[]
}

const none: LineRow = { buttons: () => [] }
const ofGuide = (title: 'buttons.leave' | 'buttons.startAgain', verb: 'cancel' | 'restart') => (language: Language, run: Run | undefined) =>
  run ? [press(language, title, verb, { run })] : []

const rows: Readonly<Record<Line, LineRow>> = {
  left: none,
  worked: none,
  later: none,
  remind: none,
  bye: none,
  acknowledge: none,
  noted: none,
  unclear: none,
  'not-begun': none,
  'who-are-you': { buttons: (language) => [topicButton(language, 'help'), topicButton(language, 'privacy')] },
  'do-it': { buttons: (language) => [topicButton(language, 'find-admin')] },
  complain: { buttons: (language) => [topicButton(language, 'help'), topicButton(language, 'find-admin'), supportButton(language)] },
  'maybe-leave': {
    buttons: (language, run) => [...ofGuide('buttons.leave', 'cancel')(language, run), ...ofGuide('buttons.startAgain', 'restart')(language, run)],
  },
  'maybe-forget': { buttons: (language) => [press(language, 'buttons.forgetMe', 'forget-me')] },
}

/** What is known is said back where it decides something, with where it leads. */
const notedReply = ({ language, person }: Turn): Reply => {
  const { t } = words(language)
  const { contract, facts } = person.known
  const runs = (['aks', 'key-vault', 'sql', 'managed-identity'] as const).filter((name) => facts?.[name])
  const isPersonal = facts?.owner?.value === 'personal-account'
  const told = [
    ...(contract && contract !== 'unknown' ? [t(`contract.${contract}`)] : []),
    ...(isPersonal ? [t('told.personal-account')] : facts?.account?.value === 'personal' ? [t('told.personal')] : []),
    ...runs.map((name) => t(`told.${name}`)),
  ]
  const topics: readonly Topic[] = [
    ...(runs.length > 0 ? ['change-directory-impact' as const] : []),
    ...(isPersonal ? ['personal-owner' as const] : []),
    ...(contract === 'ea' || contract === 'csp' ? ['enterprise-agreement' as const] : []),
    'link-existing',
  ]
  const buttons = topics.slice(0, 3).map((topic) => topicButton(language, topic))
  return told.length > 0
    ? lineReply(language, 'lines.notedFacts', { values: { facts: told.join(', ') }, buttons })
    : lineReply(language, 'lines.noted', { buttons })
}

const replyFor = (turn: Turn, line: Line, run: Run | undefined): Reply => {
  const { language } = turn
  const buttons = rows[line].buttons(language, run)
  if (line === 'noted') return notedReply(turn)
  if (line === 'bye' && !run) return lineReply(language, 'lines.byeNone', { buttons })
  if (line !== 'left') return lineReply(language, `lines.${line}`, { buttons })
  if (!run) return lineReply(language, 'lines.leftNone', { buttons })
  const { index, count } = positionOf(run, guideOf(run.topic, run.language))
  const left = run.stage === 'steps' ? count - index : run.stage === 'end' ? 0 : count
  return lineReply(language, 'lines.left', { values: { count: left }, buttons })
}

export const sayLine = (turn: Turn, line: Line): Answered => backToGuide(answerWith(turn, replyFor(turn, line, openRunOf(turn))))
