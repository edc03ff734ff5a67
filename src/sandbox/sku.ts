/** What is in a real product? As Microsoft's table of products has it. */
import skus from './skus.json'
import type { SandboxSku } from './tenants'

export const sku = (skuPartNumber: keyof typeof skus, capabilityStatus: SandboxSku['capabilityStatus'], units: number): SandboxSku => ({
  skuPartNumber,
  capabilityStatus,
  units,
  ...skus[skuPartNumber],
})
