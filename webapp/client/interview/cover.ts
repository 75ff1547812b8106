/** The cover: the date, the area as assigned, and what the questionnaire asks of the house. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { Field } from '../engine/types.ts'
import { bottomBar, noticeBox, screen } from '../ui/components.ts'
import { dayInThailand, thaiDate } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { fieldControl } from './field-control.ts'
import { decline, isDeclined, setCover } from './field-values.ts'

function area({ village, document }: Context): TemplateResult {
  const known: [string, string | number | null | undefined][] = [
    ['home.province', village?.province_th],
    ['home.district', village?.district_th],
    ['home.subdistrict', village?.subdistrict_th],
    ['home.moo', village?.moo],
    ['home.village', village?.name_th ?? document.household.village],
    ['home.local_administration', village?.local_administration?.name ?? t('home.no_local_administration')],
  ]
  return html`<section class="card"><h2 class="card__title">${t('home.cover_area')}</h2><dl class="definition">
    ${known.map(([key, value]) => (value ? html`<dt>${t(key)}</dt><dd>${value}</dd>` : nothing))}</dl></section>`
}

/** A date the volunteer should look at again; nothing is stopped by it. */
export function dateHint(date: string, today: string): string | undefined {
  if (!date) return undefined
  if (date > today) return t('home.date_future')
  const days = (Date.parse(today) - Date.parse(date)) / 86_400_000
  return days > 1 ? t('home.date_far', { today: thaiDate(today) }) : undefined
}

function hintOf(context: Context, field: Field): string | undefined {
  const value = String(context.document.cover[field.id] ?? '')
  if (field.kind === 'date') return dateHint(value, dayInThailand(context.now()))
  if (field.kind !== 'digits' || !field.length || !value || value.length === field.length) return undefined
  return t('home.house_code_short', { count: value.length, length: field.length })
}

/** One box of the cover. */
export function coverControl(context: Context, field: Field): TemplateResult {
  const key = `cover.${field.id}`
  const paperDate = field.kind === 'date' && context.document.mode === 'paper'
  return fieldControl({
    field,
    id: `cover-${field.id}`,
    value: context.document.cover[field.id],
    disabled: context.readOnly,
    hint: hintOf(context, field),
    onChange: (value) => context.change((document) => setCover(document, field, value)),
    ...(paperDate ? { help: t('home.date_paper_help') } : {}),
    ...(field.sensitive ? { declined: isDeclined(context.document, key), onDecline: (declined: boolean) => context.change((document) => decline(document, key, declined)) } : {}),
  })
}

function missing(context: Context): TemplateResult | typeof nothing {
  const count = context.evaluation.missing.filter((key) => key.startsWith('cover.')).length
  return count ? noticeBox('info', t('home.missing_here', { count })) : nothing
}

/** หน้าปก. */
export function coverScreen(context: Context): TemplateResult {
  const fields = context.definition.cover.filter((field) => context.asks(`cover.${field.id}`))
  return screen({
    title: t('home.cover_title'),
    over: t('home.cover_over'),
    body: html`${area(context)}
      <div class="fields">${repeat(fields, (field) => field.id, (field) => coverControl(context, field))}</div>
      ${missing(context)}`,
    bar: bottomBar({ back: context.back, next: () => context.go('members') }),
  })
}
