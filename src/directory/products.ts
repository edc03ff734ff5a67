import kinds from './products.json'

/** `other`: a product of its own, such as Power BI or Entra, that does not make a Microsoft 365. */
export type ProductKind = 'microsoft-365' | 'other' | 'unknown'

const kindBySku = new Map<string, ProductKind>([
  ...kinds['microsoft-365'].map((sku) => [sku.toUpperCase(), 'microsoft-365'] as const),
  ...kinds.other.map((sku) => [sku.toUpperCase(), 'other'] as const),
])

/** What the part number of a product stands for. */
export const productKind = (sku: string): ProductKind => kindBySku.get(sku.toUpperCase()) ?? 'unknown'
