/** One line that came back: what was answered, what the inspector wrote, and the place to correct or defend it. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { bigButton, bottomBar, iconButton, noticeBox, screen } from '../ui/components.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { type Asked, evidenceAsked, linesOf, type Returned } from './correction.ts'
import { coverControl } from './cover.ts'
import { memberControl } from './member-form.ts'
import { block } from './question.ts'
import { failuresBeside, stepOf } from './question-failures.ts'
import { isShown, paperNumber, questionsOf } from './question-order.ts'
import { commentBox, replyBadge, replyField, whyWords } from './review-note.ts'
import { answerWords, lineWords } from './review-words.ts'

function elsewhere(context: Context, about: string): TemplateResult {
  return bigButton(t('returned.go_there'), () => context.go(stepOf(context.definition, about)), { kind: 'secondary', icon: 'edit', wide: true })
}

function member(context: Context, id: string, fieldId: string | undefined): TemplateResult {
  const found = context.document.members.find((one) => one.id === id)
  const field = context.definition.members.find((one) => one.id === fieldId)
  if (!found) return html`${id ? noticeBox('info', t('returned.gone')) : nothing}${elsewhere(context, 'members.')}`
  if (field) return memberControl(context, found, field)
  return bigButton(t('returned.go_there'), () => context.go(`member/${id}`), { kind: 'secondary', icon: 'edit', wide: true })
}

function question(context: Context, about: string): TemplateResult {
  const found = questionsOf(context.definition).get(about)
  if (!found) return elsewhere(context, about)
  if (!isShown(found, context.evaluation)) return noticeBox('info', t('returned.not_asked'))
  return block(context, found, failuresBeside([found], context.evaluation.failures).get(about) ?? [], nothing)
}

/** The box itself, so that nothing has to be looked for. */
function place(context: Context, about: string): TemplateResult | typeof nothing {
  const [where, row = '', fieldId] = about.split('.')
  if (about === '') return whole(context)
  if (where === 'members') return member(context, row, fieldId)
  const field = where === 'cover' ? context.definition.cover.find((one) => one.id === row) : undefined
  return field ? coverControl(context, field) : question(context, about)
}

/** A house that could not be interviewed may be met today. */
function whole(context: Context): TemplateResult | typeof nothing {
  if (context.document.outcome === 'interviewed') return nothing
  const interview = () => {
    context.change((document) => {
      document.outcome = 'interviewed'
    })
    context.go('notice')
  }
  return bigButton(t('returned.interview_now'), interview, { kind: 'secondary', icon: 'people', wide: true, disabled: context.readOnly })
}

function before(context: Context, returned: Returned, about: string): TemplateResult | typeof nothing {
  const words = answerWords(context, returned.answers, about)
  return words ? html`<p>${t('returned.before')} <strong class="as-written">${words}</strong></p>` : nothing
}

function line(context: Context, returned: Returned, asked: Asked): TemplateResult {
  const { about } = asked
  return html`<div class="help">${whyWords(context, returned)}</div>${commentBox(asked)}${before(context, returned, about)}
    <div class="fields">${place(context, about)}</div>
    <section class="card stack"><p role="status">${replyBadge(context, about)}</p>${replyField(context, returned, about)}</section>
    ${context.document.outcome === 'interviewed' ? bigButton(t('returned.rest'), () => context.go('contents'), { kind: 'quiet', icon: 'list', wide: true }) : nothing}`
}

/** Through the lines in their order, then on as always; where only evidence is asked for there is no line. */
function bar(context: Context, returned: Returned, at: number): TemplateResult {
  const total = linesOf(returned).length
  const interviewed = context.document.outcome === 'interviewed'
  const after = interviewed ? 'result' : evidenceAsked(returned).length ? 'evidence' : 'finish'
  const last = at >= total
  return bottomBar({
    back: () => context.go(at > 1 ? `review/${at - 1}` : '/app/home'),
    middle: interviewed ? iconButton(t('questions.open_contents'), 'list', () => context.go('contents')) : nothing,
    next: () => context.go(last ? after : `review/${at + 1}`),
    ...(last ? { nextLabel: t(interviewed ? 'returned.to_result' : 'returned.to_finish') } : {}),
  })
}

/** ขอให้ดูอีกครั้ง, one line a screen. */
export function reviewScreen(context: Context): TemplateResult {
  const { returned, part } = context
  const at = Number(part) || 1
  const asked = returned ? linesOf(returned)[at - 1] : undefined
  if (!returned || !asked) return screen({ title: t('returned.title'), body: noticeBox('info', t('returned.withdrawn')), bar: bottomBar({ back: context.back, next: () => context.go('contents') }) })
  return screen({
    over: t('returned.place', { number: at, total: linesOf(returned).length }),
    title: questionsOf(context.definition).has(asked.about) ? t('returned.again', { number: paperNumber(asked.about) }) : lineWords(context, asked.about),
    personal: asked.about.startsWith('members'),
    body: line(context, returned, asked),
    bar: bar(context, returned, at),
  })
}
