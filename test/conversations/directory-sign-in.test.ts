/** What comes from the live tenant to those who sign in: single sign-on, and the proof at the end of a guide. */
import { playAll } from './play'

playAll('directory', (name) => /^(?:sign-in|proof|preflight)/.test(name))
