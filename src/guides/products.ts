/** What Microsoft calls a product, by the part number its services use. */
import type { Language } from '../topics'
import english from './en/products.json'
import french from './fr/products.json'

type Names = Readonly<Record<string, string>>

const upper = (names: Names) => new Map(Object.entries(names).map(([sku, name]) => [sku.toUpperCase(), name]))
const namesBy = { en: upper(english), fr: upper(french satisfies Record<keyof typeof english, string>) } satisfies Record<Language, Map<string, string>>

/** Undefined for a product that is not in `products.json`. */
export const productName = (language: Language, sku: string): string | undefined => namesBy[language].get(sku.toUpperCase())
