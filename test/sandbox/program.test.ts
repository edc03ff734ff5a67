/** `npm start` without settings, as a person sees it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const program = join(__dirname, '..', '..', 'dist', 'sandbox', 'index.js')

/** Starts the program and waits until it has said where the page is. */
const start = async () => {
  const { MicrosoftAppId: _, ...env } = process.env
  const child = spawn(process.execPath, [program], { env: { ...env, CI: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const saidWhere = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.includes('Ctrl-C')) resolve()
    })
    child.once('exit', () => reject(new Error(`It ended: ${output}`)))
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  await saidWhere
  return { child, output, errors: () => errors, url: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '' }
}

const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.kill()) await once(child, 'exit')
})

const startProgram = async () => {
  const started = await start()
  children.push(started.child)
  return started
}

test('it says where to go, who one is, what to try and how to stop', async () => {
  const { output, url, child } = await startProgram()
  expect(output).toContain('Kelley Wall, Global Administrator at Contoso')
  expect(output).toMatch(/What is my role\?[^]*Quel est mon rôle \?/)
  expect((await fetch(url)).headers.get('content-type')).toContain('text/html')
  expect(await (await fetch(`${url}/api/scene`)).json()).toMatchObject({ organization: 'Contoso' })
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('Ctrl-C ends all of it', async () => {
  const { url, child } = await startProgram()
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
  await expect(fetch(url)).rejects.toThrow()
})

/** Process ids of those that `pid` started. */
const childrenOf = (pid: number | undefined) =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child = 0]) => child)

test('when the bot falls over, it says so with the bot’s last words and ends', async () => {
  const { child, errors } = await startProgram()
  for (const bot of childrenOf(child.pid)) process.kill(bot, 'SIGKILL')
  expect(await once(child, 'close')).toEqual([1, null])
  expect(errors()).toMatch(/^The bot stopped by itself\. Its last words:\n.*listening/)
})

test('two of them run side by side', async () => {
  const [one, other] = [await startProgram(), await startProgram()]
  expect(one.url).not.toBe(other.url)
})
