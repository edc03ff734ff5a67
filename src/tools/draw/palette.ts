/** The few colours of all drawings. Every text colour has a contrast of at least 4.5 on the grounds it is used on. */
export const palette = {
  paper: '#fbfbfe',
  edge: '#c3c7de',
  ink: '#20233f',
  quiet: '#525873',
  white: '#ffffff',
  tenant: '#3f45a6',
  tenantSoft: '#eaebfa',
  microsoft365: '#b8531b',
  microsoft365Soft: '#fdeee2',
  azure: '#0b7a70',
  azureSoft: '#dcf3ef',
  good: '#1d7a46',
  goodSoft: '#e0f3e7',
  bad: '#b3294a',
  badSoft: '#fbe6ea',
  ghost: '#a3a9c4',
  mint: '#7fe3d4',
} as const

/** Kelley, Jane and Tricia, in this order, in every drawing. */
export const people = [palette.tenant, '#8f4a9e', '#2b6cb0'] as const
