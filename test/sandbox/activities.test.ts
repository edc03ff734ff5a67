import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as activities from '../../src/sandbox/activities'
import type { Activity, Setting } from '../../src/sandbox/activities'
import { chatsOf } from '../../src/sandbox/chats'
import { contoso } from '../../src/sandbox/tenants'

const recorded = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, 'recorded', `${name}.json`), 'utf8'))

const kelley = contoso.people.find(({ key }) => key === 'kelley')
if (!kelley) throw new Error('Contoso has no Kelley')

const at = (key: string, thread?: string): Setting => {
  const chat = chatsOf(contoso).find((each) => each.key === key)
  if (!chat) throw new Error(`There is no chat ${key}`)
  return { bot: { id: '28:bot', name: 'OneTenant' }, person: kelley, chat, thread, locale: 'en-US' }
}
const [personal, group, channel, thread] = [at('personal-kelley'), at('group'), at('channel'), at('channel', '1795348888363')]

/** Words whose value matters, not only their kind. */
const literal = new Set([
  'type',
  'name',
  'action',
  'verb',
  'textFormat',
  'channelId',
  'conversationType',
  'isGroup',
  'eventType',
  'locale',
  'country',
  'platform',
  'localTimezone',
  'text',
  'tenantId',
])

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** A body with its accidental values replaced by their kind. */
const shapeOf = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((each) => shapeOf(each))
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner, name)]))
  return literal.has(key) ? value : typeof value
}
const asSent = (activity: Activity): unknown => JSON.parse(JSON.stringify(activity))

const action = { type: 'Action.Execute', title: 'Check role', verb: 'checkRole', data: { a: 1 } }

test.each<[string, Activity]>([
  ['message-personal', activities.message(personal, '1', 'hello')],
  ['card-submit-personal', activities.submit(personal, '1', { step: 2 })],
  ['card-submit-group', activities.submit(group, '1', { step: 2 })],
  ['card-submit-channel', activities.submit(thread, '1', { step: 2 })],
  ['card-execute-invoke-personal', activities.execute(personal, '1', { ...action, data: { a: 1, note: 'typed note' } })],
  ['card-execute-invoke-channel', activities.execute(thread, '1', action)],
  ['feedback-invoke-personal', activities.feedback(personal, 'like', 'nice')],
  ['installation-update-add-personal', activities.installation(personal, 'add')],
  ['installation-update-add-group', activities.installation(group, 'add')],
  ['installation-update-add-channel', activities.installation(channel, 'add')],
  ['installation-update-remove-personal', activities.installation(personal, 'remove')],
  ['conversation-update-opened-personal', activities.opened(personal)],
  ['conversation-update-opened-group', activities.opened(group)],
  ['conversation-update-opened-channel', activities.opened(channel)],
  ['conversation-update-add-user-channel', activities.membership(channel, 'membersAdded', [kelley])],
  ['conversation-update-remove-user-channel', activities.membership(channel, 'membersRemoved', [kelley])],
  ['conversation-update-add-user-personal', activities.membership(personal, 'membersAdded', [kelley])],
])('%s has the recorded shape', (name, activity) => {
  expect(shapeOf(asSent(activity))).toEqual(shapeOf(recorded(name)))
})

test.each<[string, Activity]>([
  ['message-group-mention', activities.message(group, '1', 'hello', true)],
  ['message-channel-mention-new-post', activities.message(thread, '1', 'hello', true)],
])('%s has the recorded shape and the HTML that real Teams adds', (name, activity) => {
  const { attachments, ...rest } = activity
  expect(shapeOf(asSent(rest))).toEqual(shapeOf(recorded(name)))
  expect(attachments).toEqual([{ contentType: 'text/html', content: expect.stringContaining('OneTenant</span>&nbsp;hello') }])
})

test('a reaction has the recorded shape', () => {
  expect(shapeOf(asSent(activities.reaction(personal, '1', 'like')))).toEqual(shapeOf(recorded('message-reaction-personal-custom')))
})

test('real Teams wraps the words of a feedback', () => {
  expect(activities.feedback(personal, 'dislike', 'too long').value).toEqual({
    actionName: 'feedback',
    actionValue: { reaction: 'dislike', feedback: '{"feedbackText":"too long"}' },
  })
})

test('line breaks bring the HTML body too, safely', () => {
  expect(activities.message(personal, '1', 'a < b\nc')).toMatchObject({
    text: 'a < b\nc',
    attachments: [{ contentType: 'text/html', content: '<p>a &lt; b<br>c</p>' }],
  })
})

test('the mention stands in the text exactly as in its entity', () => {
  const written = activities.message({ ...group, bot: { id: '28:bot', name: 'A & B' } }, '1', 'hi', true)
  expect(written).toMatchObject({ text: '<at>A &amp; B</at> hi', entities: [{ type: 'mention', text: '<at>A &amp; B</at>' }, {}] })
})

test('the language of the person is the language of the activity', () => {
  const written = activities.message({ ...personal, locale: 'fr' }, '1', 'bonjour')
  expect(written).toMatchObject({ locale: 'fr', entities: [{ type: 'clientInfo', locale: 'fr', country: 'FR' }] })
})

test('a message in a thread belongs to the conversation of that thread, updates to the channel', () => {
  expect(activities.message(thread, '1', 'hi', true).conversation).toMatchObject({ id: '19:general@thread.tacv2;messageid=1795348888363' })
  expect(activities.opened(channel).conversation).toMatchObject({ id: '19:general@thread.tacv2' })
})

test('an edited message keeps its id and says that it was edited', () => {
  expect(activities.edit(personal, '7', 'new words')).toMatchObject({
    type: 'messageUpdate',
    id: '7',
    text: 'new words',
    channelData: { eventType: 'editMessage' },
  })
})
