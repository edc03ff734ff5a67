/** The confusion matrix as an SVG: rows are what was meant, columns what was understood; right answers lie on the diagonal. */
import { topics } from '../../topics'
import type { Judged } from './measure'

const labels = [...topics, 'none'] as const
const cell = 24
const left = 190
const top = 170
const size = labels.length * cell

const fill = (count: number, isRight: boolean) => {
  if (count === 0) return '#f3f3f7'
  return isRight ? `rgba(16, 124, 96, ${Math.min(1, 0.25 + count / 25)})` : `rgba(196, 43, 28, ${Math.min(1, 0.35 + count / 6)})`
}

const square = (row: number, column: number, count: number): string => {
  const [x, y] = [left + column * cell, top + row * cell]
  const number = count > 0 ? `<text x="${x + cell / 2}" y="${y + 16}" text-anchor="middle">${count}</text>` : ''
  return `<rect x="${x}" y="${y}" width="${cell - 2}" height="${cell - 2}" fill="${fill(count, row === column)}"/>${number}`
}

const names = labels.flatMap((label, at) => [
  `<text x="${left - 8}" y="${top + at * cell + 16}" text-anchor="end">${label}</text>`,
  `<text transform="translate(${left + at * cell + 16} ${top - 8}) rotate(-60)">${label}</text>`,
])

export const confusionPicture = (title: string, judged: readonly Judged[]): string => {
  const count = (expected: string, got: string) => judged.filter((each) => each.expected === expected && each.understood.topic === got).length
  const squares = labels.flatMap((expected, row) => labels.map((got, column) => square(row, column, count(expected, got))))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + size + 20} ${top + size + 20}" font-family="sans-serif" font-size="12">
<title>Confusion matrix: ${title}</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="12" y="24" font-size="16">${title}: meant (rows), understood (columns)</text>
${[...names, ...squares].join('\n')}
</svg>
`
}
