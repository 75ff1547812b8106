/** How a household of a forum is called, and how it stands, in words. */
import type { TemplateResult } from 'lit-html'
import { badge, type Tone } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import { groupOf, type HeldForum, type House } from './standing.ts'

export function houseWords({ house_number }: Pick<House, 'house_number'>): string {
  return house_number ? t('home.house', { number: house_number }) : t('home.house_unnumbered')
}

/** The village with its number, as people call it. */
export function villageWords({ village }: HeldForum): string {
  return village.moo ? t('home.village_of', { village: village.name_th, moo: village.moo }) : village.name_th
}

const LOOKS: Record<string, [Tone | 'quiet', string]> = {
  waiting: ['quiet', 'door'], draft: ['warn', 'pen'], asked: ['good', 'check'], own: ['quiet', 'people'],
  absent: ['info', 'wait'], refused: ['info', 'info'], moved: ['info', 'info'],
}

/** The state in a word; what was begun here before what the register knows. */
export function stateBadge(house: House): TemplateResult {
  const state = groupOf(house) === 'own' ? 'own' : house.draft && house.state !== 'asked' ? 'draft' : house.state
  const [tone, drawing] = LOOKS[state] ?? ['quiet', 'info']
  return badge(tone, t(`forum.state_${state}`), drawing)
}

const ON_THE_WAY = ['waiting', 'sending', 'parked', 'custody']

/** Where the result is, while it is not yet with the register for good. */
export function onTheWay({ entry }: House): string {
  return entry && ON_THE_WAY.includes(entry.state) ? t(`outbox.state_${entry.state}`) : ''
}
