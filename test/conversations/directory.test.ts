/** What comes from the live tenant: verdicts, colleagues, consent, and all that may keep it from coming. */
import { playAll } from './play'

playAll('directory', (name) => !/^(?:sign-in|proof|preflight)/.test(name))
