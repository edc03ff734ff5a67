/** Markdown as far as Teams shows it: a smaller set in cards than in messages, and never HTML. */
import MarkdownIt from 'markdown-it'

const inCards = ['emphasis', 'link', 'list', 'newline', 'escape', 'entity']
const inMessages = [...inCards, 'strikethrough', 'backticks', 'fence']

const createParser = (rules: string[]) => {
  const parser = new MarkdownIt('zero', { html: false, linkify: false }).enable(rules)
  parser.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
    tokens[index]?.attrSet('target', '_blank')
    tokens[index]?.attrSet('rel', 'noopener noreferrer')
    return self.renderToken(tokens, index, options)
  }
  return parser
}

// The parser has escaped the text by now, so the name between the marks is safe.
const withMentions = (html: string): string => html.replace(/&lt;at&gt;(.*?)&lt;\/at&gt;/g, '<span class="mention">$1</span>')

const cardParser = createParser(inCards)
const messageParser = createParser(inMessages)

/** Safe HTML of a card's text. */
export const cardHtml = (text: string): string => withMentions(cardParser.render(text))

/** Safe HTML of a message written in markdown. */
export const messageHtml = (text: string): string => withMentions(messageParser.render(text))
