/**
 * How Teams draws cards: sizes, spaces, limits. Colours are names of page.css, which gives them a value per theme, so a
 * change of theme needs no new card.
 */
import { HostConfig } from 'adaptivecards'

const color = (name: string) => ({ default: `var(--card-${name})`, subtle: `var(--card-${name}-subtle)` })

const foregroundColors = {
  default: color('text'),
  dark: color('text'),
  light: color('text'),
  accent: color('accent'),
  good: color('good'),
  warning: color('warning'),
  attention: color('attention'),
}

const containerStyle = (name: string) => ({ backgroundColor: `var(--card-${name}-back)`, foregroundColors })

const bold = { weight: 'bolder' }

/** One configuration for all themes. */
export const createHostConfig = (): HostConfig =>
  new HostConfig({
    supportsInteractivity: true,
    fontFamily: 'inherit',
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: 'var(--line)' },
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: {
      default: containerStyle('default'),
      emphasis: containerStyle('emphasis'),
      accent: containerStyle('accent'),
      good: containerStyle('good'),
      warning: containerStyle('warning'),
      attention: containerStyle('attention'),
    },
    adaptiveCard: { allowCustomStyle: false },
    textStyles: { heading: { size: 'large', ...bold }, columnHeader: bold },
    textBlock: { headingLevel: 3 },
    actions: {
      maxActions: 6,
      // The strip wraps in page.css, where the gap between buttons is set as well.
      buttonSpacing: 0,
      spacing: 'default',
      showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    factSet: {
      title: { ...bold, wrap: true, maxWidth: 160 },
      value: { wrap: true },
      spacing: 16,
    },
    imageSet: { imageSize: 'medium', maxImageHeight: 100 },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: { suffix: ' *', suffixColor: 'attention' },
      },
      errorMessage: { color: 'attention', weight: 'default' },
    },
  })
