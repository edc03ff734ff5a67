/** Production, exactly as the README says: `npm ci --omit=dev && node dist/index.js` on a built tree. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { conversation, startSandbox } from './support/harness'

const root = join(__dirname, '..')
const shipped = ['package.json', 'package-lock.json', '.npmrc', 'dist']

test('the built tree runs with production packages only, and says hello', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetenant-production-'))
  try {
    for (const name of shipped) cpSync(join(root, name), join(folder, name), { recursive: true })
    const { status, stderr } = spawnSync('npm', ['ci', '--omit=dev'], { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' })
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
    expect(readdirSync(join(folder, 'node_modules'))).not.toContain('jest')

    const sandbox = await startSandbox({ script: join(folder, 'dist', 'index.js') })
    try {
      expect((await conversation(sandbox).say('hello')).text).toContain('Hello! What do you have today')
    } finally {
      await sandbox.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 240_000)
