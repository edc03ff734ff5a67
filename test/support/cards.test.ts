import { cardText, fillIn, findAction, inputsOf, overflowTitles, pressedAs, visibleTitles } from './cards'

const execute = (title: string, more = {}) => ({
  type: 'Action.Execute',
  title,
  verb: 'go',
  data: { verb: 'go', text: 'never read' },
  fallback: { type: 'Action.Submit', title, data: { verb: 'go' } },
  ...more,
})

const card = {
  type: 'AdaptiveCard',
  fallbackText: 'not shown',
  body: [
    { type: 'TextBlock', text: 'Title' },
    {
      type: 'Container',
      items: [
        { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'rich' }] },
        { type: 'FactSet', facts: [{ title: 'Role', value: 'none' }] },
      ],
    },
    { type: 'TextBlock', text: 'hidden', isVisible: false },
    { type: 'Input.Text', id: 'name', label: 'Your name', value: 'Kelley' },
    {
      type: 'Input.ChoiceSet',
      id: 'contract',
      label: 'Contract',
      choices: [
        { title: 'On the web', value: 'web' },
        { title: 'Partner', value: 'csp' },
      ],
    },
    { type: 'Input.Toggle', id: 'sure', title: 'I am sure' },
    { type: 'ActionSet', actions: [execute('In the body')] },
  ],
  actions: [execute('Next'), execute('Support', { mode: 'secondary' }), { type: 'Action.OpenUrl', title: 'Open', url: 'https://portal.azure.com' }],
}

test('text is what can be read, in order, folded text too', () => {
  expect(cardText(card).split('\n')).toEqual(['Title', 'rich', 'Role', 'none', 'hidden', 'Your name', 'Contract', 'On the web', 'Partner', 'I am sure'])
})

test('buttons are told apart by where they are, each once', () => {
  expect(visibleTitles(card)).toEqual(['In the body', 'Next', 'Open'])
  expect(overflowTitles(card)).toEqual(['Support'])
  expect(findAction([card], 'Support')).toMatchObject({ verb: 'go' })
  expect(findAction([card], 'Nowhere')).toBeUndefined()
})

test('fields go out as they stand, and as they were filled in', () => {
  expect(inputsOf(card).map(({ id }) => id)).toEqual(['name', 'contract', 'sure'])
  expect(fillIn(card)).toEqual({ name: 'Kelley', contract: '', sure: 'false' })
  expect(fillIn(card, { contract: 'csp' })).toEqual({ name: 'Kelley', contract: 'csp', sure: 'false' })
})

test('a card cannot be filled in with what it does not offer', () => {
  expect(() => fillIn(card, { adress: 'x' })).toThrow('no field "adress"; it has: name, contract, sure')
  expect(() => fillIn(card, { contract: 'ea' })).toThrow('does not offer "ea"; it offers: web, csp')
})

test('an older client presses the fallback', () => {
  expect(pressedAs(execute('Next'), false)).toMatchObject({ type: 'Action.Execute', verb: 'go' })
  expect(pressedAs(execute('Next'), true)).toEqual({ type: 'Action.Submit', title: 'Next', data: { verb: 'go' } })
})

test('opening a page is nothing the bot hears of', () => {
  expect(() => pressedAs({ type: 'Action.OpenUrl', title: 'Open' }, false)).toThrow('the bot hears nothing of it')
})
