/** The position on screen: what the phone has found so far, and whether it is used as evidence. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { liesOutside, metresOutside } from '../capture/boundary.ts'
import { ageOf, COARSE, type Fix } from '../capture/fix.ts'
import { startWatching, type Watch } from '../capture/position.ts'
import { bigButton, noticeBox, waiting } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { drop, holdPosition, improves, positionOf } from './evidence-held.ts'

/** "3 นาทีที่แล้ว". */
export function ageWords(seconds: number): string {
  return seconds < 60 ? t('evidence.age_now') : t('evidence.age_minutes', { count: Math.round(seconds / 60) })
}

/** "850 เมตร", "3.2 กม.". */
export function distanceWords(metres: number): string {
  if (metres < 1000) return t('evidence.metres', { count: Math.round(metres / 10) * 10 })
  return t('evidence.kilometres', { count: Math.round(metres / 100) / 10 })
}

/** Things worth a look; none of them stops anything. */
function warnings(context: Context, fix: Fix): TemplateResult {
  const { boundary } = context
  const outside = boundary && liesOutside(boundary, fix)
  return html`${fix.accuracy > COARSE ? noticeBox('warn', t('evidence.position_coarse', { accuracy: Math.round(fix.accuracy) }), true) : nothing}
    ${outside ? noticeBox('warn', t('evidence.position_outside', { distance: distanceWords(metresOutside(boundary, fix)) }), true) : nothing}`
}

function use(context: Context, watch: Watch): void {
  const { best } = watch
  if (best) context.change((document) => holdPosition(document, best, watch.fixes, context.now()))
}

/** A finer fix of a position in use takes its place by itself, once the screen is drawn. */
function improve(context: Context, watch: Watch): void {
  if (context.readOnly || !improves(context.document, watch.best)) return
  queueMicrotask(() => improves(context.document, watch.best) && use(context, watch))
}

function found(context: Context, fix: Fix, looking: boolean): TemplateResult {
  const words = { accuracy: Math.round(fix.accuracy), age: ageWords(ageOf(fix, context.now())) }
  return html`<p class="position__fix">${t('evidence.position_found', words)}</p>
    ${looking ? html`<p class="help" role="status">${t('evidence.position_better')}</p>` : nothing}${warnings(context, fix)}`
}

function state(context: Context, watch: Watch, fix: Fix | null): TemplateResult {
  if (fix) return found(context, fix, watch.looking)
  if (watch.state === 'searching') return waiting(t('evidence.position_searching'))
  return noticeBox('info', t(`evidence.position_${watch.state}`), true)
}

function acts(context: Context, watch: Watch): TemplateResult {
  const used = positionOf(context.document) !== null
  const again = () => {
    watch.again()
    context.refresh()
  }
  return html`<div class="actions">
    ${used || !watch.best ? nothing : bigButton(t('evidence.position_use'), () => use(context, watch), { icon: 'pin' })}
    ${watch.looking || watch.state === 'unsupported' ? nothing : bigButton(t('evidence.position_again'), again, { kind: 'secondary' })}
    ${used ? bigButton(t('evidence.position_remove'), () => context.change((document) => drop(document, 'position')), { kind: 'quiet', icon: 'trash' }) : nothing}</div>`
}

/** Never waited for: whatever is known is shown at once. */
export function positionTaking(context: Context): TemplateResult {
  const used = positionOf(context.document)
  if (context.readOnly) return used ? found(context, used, false) : html``
  const watch = startWatching(context)
  improve(context, watch)
  return html`${used ? html`<p>${t('evidence.position_used')}</p>` : nothing}${state(context, watch, used ?? watch.best)}${acts(context, watch)}`
}
