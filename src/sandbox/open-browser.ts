import { spawn } from 'node:child_process'

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

const hasBrowser = ({ platform, env, stdout }: NodeJS.Process) =>
  Boolean(stdout.isTTY) && !env.CI && (platform in openers || Boolean(env.DISPLAY ?? env.WAYLAND_DISPLAY))

/** Opens the address where there is a person with a browser; elsewhere, or when it fails, does nothing. */
export const openBrowser = (url: string): void => {
  if (!hasBrowser(process)) return
  const [command, ...args] = openers[process.platform] ?? ['xdg-open']
  spawn(command, [...args, url], { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref()
}
