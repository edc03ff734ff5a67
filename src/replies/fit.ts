/**
 * How much of a step fits in sight? What to do and its button stand within 450 px where a card is 446 px wide, as in Microsoft's own web
 * client: some ten lines of text beside title, buttons and source.
 */
import type { Step } from '../guides/schema'

const mostLines = 10
/** Characters of a line at that width. */
const lineLength = 58
/** What a paragraph, or the frame of a box, takes besides its lines. */
const gap = 0.7

const linesOf = (text: string): number =>
  text
    .split(/\n{2,}/)
    .reduce(
      (sum, paragraph) => sum + gap + paragraph.split('\n').reduce((lines, line) => lines + Math.ceil(line.replaceAll('**', '').length / lineLength), 0),
      0,
    )

/** `inFull`: the instruction itself is shown, not its short form; `withExpect`: so is what the person should see. */
export const fitStep = ({ instruction, short, warning, expect }: Step): { readonly inFull: boolean; readonly withExpect: boolean } => {
  const warned = warning === undefined ? 0 : linesOf(warning) + 2
  const inFull = linesOf(instruction) + warned <= mostLines
  return { inFull, withExpect: linesOf(inFull ? instruction : short) + warned + linesOf(expect) + 1 <= mostLines }
}
