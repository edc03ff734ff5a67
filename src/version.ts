/** Which build is this? */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** As package.json says, e.g. `1.2.3`; it stands beside `src` and beside `dist`. */
export const readVersion = (): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8'))).version
