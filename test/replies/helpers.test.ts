/** Colleagues: the button writes to the one it names, and to nobody else. */
import { helpersReply } from '../../src/replies/helpers'
import { languages } from '../../src/topics'
import { publicUrl, tenant } from './examples'

const linksTo = (userPrincipalName: string, language: (typeof languages)[number]) => {
  const helper = { name: 'Morgan', objectId: tenant, userPrincipalName, roles: ['billing-administrator'], eligible: false } as const
  const { page } = helpersReply({
    language,
    publicUrl,
    need: 'buy-microsoft-365',
    found: { kind: 'found', helpers: [helper], limits: [], holdsItself: false },
    step: undefined,
  })
  return page.blocks.flatMap((block) => (block.kind === 'helper' && 'url' in block && block.url !== undefined ? [block.url] : []))
}

describe.each(languages)('the address of a chat (%s)', (language) => {
  it.each(['morgan@contoso.com', "m.o'neil@contoso.com", 'm!o~n+e=i&l#1@contoso.com', 'éloïse@contoso.com'])('%s', (name) => {
    const [link = '', ...others] = linksTo(name, language)
    expect(others).toEqual([])
    expect(link).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/chat\/0\/0\?users=[\w.~%-]+&message=[\w.~%-]+$/)
    expect(new URL(link).searchParams.get('users')).toBe(name)
  })
})
