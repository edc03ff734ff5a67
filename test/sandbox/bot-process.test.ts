import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BotProcess, startBot } from '../../src/sandbox/bot-process'
import { createCertificate } from '../../src/sandbox/certificate'
import { ask, probe } from './probe'

const folder = mkdtempSync(join(tmpdir(), 'bot-process-'))
const certificateFile = join(folder, 'cloud.pem')
const running: BotProcess[] = []

beforeAll(async () => writeFileSync(certificateFile, (await createCertificate(['graph.microsoft.com'])).cert))
afterAll(async () => {
  await Promise.all(running.map(({ stop }) => stop('SIGKILL')))
  rmSync(folder, { recursive: true })
})

const start = async (env: Record<string, string> = {}) => {
  const bot = await startBot({ env, folder, cloudPort: 1, certificateFile, script: probe })
  running.push(bot)
  return bot
}

test('the environment of the bot is its settings and what a process needs, no proxy, no secrets of ours', async () => {
  const before = { ...process.env }
  Object.assign(process.env, { HTTPS_PROXY: 'http://proxy:1', https_proxy: 'http://proxy:1', NO_PROXY: '*', AZURE_CLIENT_SECRET: 'ours' })
  const bot = await start({ MicrosoftAppId: 'the app' })
  process.env = before
  const env = Object(await ask({ bot }, 'env'))
  expect(env).toMatchObject({
    MicrosoftAppId: 'the app',
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    NODE_EXTRA_CA_CERTS: certificateFile,
    LOOPBACK_TLS: '127.0.0.1:1',
  })
  expect(Object.keys(env).filter((name) => /proxy|azure|npm|jest/i.test(name))).toEqual([])
})

test('what it prints is kept', async () => {
  expect((await start()).logs).toEqual(['listening'])
})

test('it ends when asked, with its own exit code', async () => {
  const bot = await start()
  expect(await bot.stop()).toBe(0)
  await expect(ask({ bot }, 'env')).rejects.toThrow()
})

test('it starts again on the same port', async () => {
  const bot = await start()
  const { url } = bot
  await bot.restart('SIGKILL')
  expect(bot.url).toBe(url)
  expect(Object(await ask({ bot }, 'env'))).toMatchObject({ PORT: new URL(url).port })
  expect(bot.logs).toEqual(['listening', 'listening'])
})

test('a bot that does not start says why', async () => {
  await expect(start({ FAIL: 'MicrosoftAppId: is missing.' })).rejects.toThrow(/ended \(2\) before it was ready:\nMicrosoftAppId: is missing\./)
})

test('a bot that falls over leaves its last words', async () => {
  const bot = await start()
  await ask({ bot }, 'crash').catch(() => {})
  expect(await bot.crashed).toContain('I fell')
})

test('a bot whose starter is gone ends by itself', async () => {
  const child = fork(probe, [], {
    execArgv: ['--import', join(__dirname, '../../src/sandbox/end-with-parent.mjs')],
    env: { PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  })
  if (child.stdout) await once(child.stdout, 'data')
  child.disconnect()
  expect(await once(child, 'exit')).toEqual([0, null])
})
