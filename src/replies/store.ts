/**
 * What is said on a phone? The app stores allow no word about offers and prices there, so sentences with one give way to a neutral line; a
 * step stays a step, and says where the page is.
 */
import { reply, type Block, type Button, type Reply, type Unfolded } from '../cards/reply'
import { words } from '../guides/words'
import { languageRows } from '../languages'
import type { Language } from '../topics'

const signUp = 'azure.microsoft.com/free'
/** The same sign-up, under an address that names no offer. */
const neutral = 'signup.azure.com'

/** A sentence ends before a capital, a quotation or bold words. */
const betweenSentences = /(?<=[.!?»”]\**)\s+(?=[\p{Lu}“«*])/u
const address = /\(https?:[^)]*\)|https?:\S+/g
/** What a line of a list begins with. */
const listed = /^(?:- |\d+\. )/

const namesOffer = (text: string, language: Language): boolean => languageRows[language].offers.test(text.replaceAll(address, ''))

/** Empty when nothing is left of it. */
const lineWithout = (line: string, language: Language): string => {
  const { t } = words(language)
  const start = listed.exec(line)?.[0] ?? ''
  const sentences = line.slice(start.length).split(betweenSentences)
  const kept = sentences.flatMap((sentence) => {
    if (!namesOffer(sentence, language)) return [sentence.replaceAll(signUp, neutral)]
    return sentence.includes(signUp) ? [t('store.signUp')] : []
  })
  if (kept.length > 0) return start + kept.join(' ')
  return start === '' ? '' : start + t('store.line')
}

/** `otherwise`: said when nothing is left. */
const textWithout = (text: string, language: Language, otherwise = ''): string => {
  const said = text
    .split('\n')
    .map((line) => lineWithout(line, language))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
  return said === '' && text !== '' ? otherwise : said
}

const unfoldedWithout = (block: Unfolded, language: Language): readonly Unfolded[] => {
  const line = words(language).t('store.costs')
  const clean = (text: string) => textWithout(text, language, line)
  switch (block.kind) {
    case 'small': {
      const text = textWithout(block.text, language)
      return text === '' ? [] : [{ ...block, text }]
    }
    case 'text':
      return [{ ...block, text: clean(block.text) }]
    case 'points':
      return [{ ...block, title: textWithout(block.title, language), items: block.items.map((item) => clean(item)) }]
    case 'lines':
      return [{ ...block, items: block.items.map((item) => clean(item)) }]
    case 'box':
      return [{ ...block, title: textWithout(block.title, language), text: clean(block.text) }]
    case 'picture':
      return namesOffer(block.alt, language) ? [] : [block]
    case 'facts':
    case 'choice':
    case 'entry':
    case 'helper':
      return [block]
  }
}

const blockWithout = (block: Block, language: Language): readonly Block[] =>
  block.kind === 'more' ? [{ ...block, blocks: block.blocks.flatMap((each) => unfoldedWithout(each, language)) }] : unfoldedWithout(block, language)

const buttonWithout = (button: Button, language: Language): readonly Button[] => {
  if (namesOffer(button.title, language)) return []
  return [button.kind === 'open' ? { ...button, url: button.url.replace(signUp, neutral) } : button]
}

export const withoutOffers = ({ page, text: _text, summary: _summary, ...rest }: Reply): Reply => {
  const { language } = page
  const title = textWithout(page.title, language, words(language).t('store.title'))
  return reply(
    {
      ...page,
      title,
      blocks: page.blocks.flatMap((block) => blockWithout(block, language)),
      buttons: page.buttons.flatMap((button) => buttonWithout(button, language)),
    },
    rest,
  )
}
