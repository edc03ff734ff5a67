/** The sandbox as a program: Microsoft's cloud on loopback, the bot running against it, and a chat page to try it. */
import { languages, type Language } from '../topics'
import { openBrowser } from './open-browser'
import { startPageServer } from './page-server'
import { startSandbox } from './start'
import { contoso } from './tenants'
import { tries } from './tries'

const [you] = contoso.people

const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`).join('\n')

const invitations: Readonly<Record<Language, { readonly toTry: string; readonly more: string }>> = {
  en: { toTry: 'Try:', more: 'On the page you can also be somebody else, and have the cloud misbehave.' },
  fr: { toTry: 'Essayez :', more: 'Sur la page, vous pouvez aussi être quelqu’un d’autre et dérégler le cloud.' },
}

const welcome = (url: string) => `
  OneTenant is running in a made-up Microsoft cloud on this computer. No account and no network are needed.

  Chat page: ${url}
  You are:   ${you?.name}, ${you?.about}

${languages.map((language) => `  ${invitations[language].toTry}\n${indented(tries[language])}\n`).join('\n')}
${languages.map((language) => `  ${invitations[language].more}`).join('\n')}

  Ctrl-C ends everything.
`

const main = async () => {
  const starting = startSandbox({ singleSignOn: 'app' })
  let ending = false
  const end = async (code: number) => {
    if (ending) return
    ending = true
    await starting.then(
      ({ stop }) => stop(),
      () => {},
    )
    process.exit(code)
  }
  process.on('SIGINT', () => void end(0)).on('SIGTERM', () => void end(0))

  const sandbox = await starting
  void sandbox.bot.crashed.then((lastWords) => {
    if (!ending) process.stderr.write(`The bot stopped by itself. Its last words:\n${lastWords}\n`)
    return end(1)
  })
  const { url } = await startPageServer(sandbox)
  process.stdout.write(welcome(url))
  openBrowser(url)
}

main().catch((error: unknown) => {
  process.stderr.write(`The sandbox could not start. ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
