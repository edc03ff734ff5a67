/** What comes from the live tenant: signing in, verdicts, colleagues, proof, and all that may keep it from coming. */
import { playAll } from './play'

playAll('directory')
