/** From judged questions to the published numbers. */
import type { Topic } from '../../topics'
import type { Understanding } from '../../understanding'

export interface Judged {
  readonly expected: Topic | 'none'
  /** Out of scope only: how near it looks to what is in scope. */
  readonly kind: 'far' | 'near' | undefined
  readonly understood: Understanding
}

/** Shares are 0..1. */
export interface Measures {
  readonly inScope: number
  readonly outOfScope: number
  readonly accuracy: number
  readonly topThree: number
  readonly macroF1: number
  readonly far: number
  readonly near: number
  readonly refused: number
  readonly falseAccepts: number
  readonly asked: number
  readonly wrong: number
  readonly confusions: readonly { readonly expected: string; readonly got: string; readonly count: number }[]
  readonly curve: readonly {
    readonly threshold: number
    readonly answered: number
    readonly right: number
    readonly falseAccepts: number
  }[]
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
const shareOf = <T>(items: readonly T[], holds: (item: T) => boolean) => share(items.filter(holds).length, items.length)

const isAnswered = ({ understood }: Judged) => understood.decision === 'answer'
const isRight = ({ expected, understood }: Judged) => understood.topic === expected

const f1 = (judged: readonly Judged[], label: string): number => {
  const hits = judged.filter(({ expected, understood }) => expected === label && understood.topic === label).length
  const found = judged.filter(({ understood }) => understood.topic === label).length
  const wanted = judged.filter(({ expected }) => expected === label).length
  return share(2 * hits, found + wanted)
}

const confusionsIn = (judged: readonly Judged[]) => {
  const counts = new Map<string, number>()
  for (const { expected, understood } of judged)
    if (expected !== understood.topic) counts.set(`${expected} ${understood.topic}`, (counts.get(`${expected} ${understood.topic}`) ?? 0) + 1)
  return [...counts]
    .map(([pair, count]) => ({ expected: pair.split(' ')[0] ?? '', got: pair.split(' ')[1] ?? '', count }))
    .toSorted((a, b) => b.count - a.count || a.expected.localeCompare(b.expected))
    .slice(0, 6)
}

const curveOf = (inScope: readonly Judged[], outOfScope: readonly Judged[]) =>
  [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((threshold) => {
    const passes = ({ understood }: Judged) => understood.topic !== 'none' && understood.confidence >= threshold
    const answered = inScope.filter(passes)
    return {
      threshold,
      answered: share(answered.length, inScope.length),
      right: shareOf(answered, isRight),
      falseAccepts: shareOf(outOfScope, passes),
    }
  })

export const measure = (judged: readonly Judged[]): Measures => {
  const inScope = judged.filter(({ expected }) => expected !== 'none')
  const outOfScope = judged.filter(({ expected }) => expected === 'none')
  const kindOf = (kind: Judged['kind']) => outOfScope.filter((each) => each.kind === kind)
  const labels = [...new Set(judged.map(({ expected }) => expected))]
  return {
    inScope: inScope.length,
    outOfScope: outOfScope.length,
    accuracy: shareOf(inScope, isRight),
    topThree: shareOf(inScope, ({ expected, understood }) => understood.candidates.slice(0, 3).some(({ topic }) => topic === expected)),
    macroF1: share(
      labels.reduce((sum, label) => sum + f1(judged, label), 0),
      labels.length,
    ),
    far: shareOf(kindOf('far'), (each) => !isAnswered(each)),
    near: shareOf(kindOf('near'), (each) => !isAnswered(each)),
    refused: shareOf(outOfScope, ({ understood }) => understood.decision === 'reject'),
    falseAccepts: shareOf(outOfScope, isAnswered),
    asked: shareOf(inScope, ({ understood }) => understood.decision === 'ask'),
    wrong: shareOf(inScope, (each) => isAnswered(each) && !isRight(each)),
    confusions: confusionsIn(judged),
    curve: curveOf(inScope, outOfScope),
  }
}
