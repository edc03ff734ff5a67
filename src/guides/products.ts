/** What Microsoft calls a product, by the part number its services use. */
import { byLanguage, type Language } from '../topics'
import { texts } from './texts'

type Names = Readonly<Record<string, string>>

const upper = (names: Names) => new Map(Object.entries(names).map(([sku, name]) => [sku.toUpperCase(), name]))
const namesBy = byLanguage((language) => upper(texts[language].products))

/** Undefined for a product that is not in `products.json`. */
export const productName = (language: Language, sku: string): string | undefined => namesBy[language].get(sku.toUpperCase())
