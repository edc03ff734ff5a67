import type { Scene } from './protocol'

/** Three things worth saying first, per language: the shortest way to see what the bot is for. */
export const tries: Scene['tries'] = {
  en: ['We have Microsoft 365. How do we get Azure with the same users?', 'What is my role?', 'Help'],
  fr: ['Nous avons Microsoft 365. Comment obtenir Azure avec les mêmes utilisateurs ?', 'Quel est mon rôle ?', 'Aide'],
}
