/** What an inspector asked, beside the things it is about: a question, the evidence, the end of the interview. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { badge, bigButton, noticeBox, textField } from '../ui/components.ts'
import { dayInThailand } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { type Asked, askedOf, evidenceAsked, isEvidence, linesOf, replyTo, type Returned, say, unanswered } from './correction.ts'
import { earlierOf, type Kind } from './evidence-held.ts'
import { deadlineWords, lineWords } from './review-words.ts'

/** The inspector's own words. */
export function commentBox({ comments }: Asked): TemplateResult {
  const said = comments.length ? comments : [t('returned.no_comment')]
  return noticeBox('warn', html`<p><strong>${t('returned.inspector')}</strong></p>${said.map((one) => html`<p class="as-written">${one}</p>`)}`)
}

/** Why it came back, and until when. */
export function whyWords(context: Context, returned: Returned): TemplateResult {
  const { reason, deadline } = returned
  return html`${reason ? html`<p class="as-written">${t('returned.why', { reason })}</p>` : nothing}<p><strong>${deadlineWords(deadline, dayInThailand(context.now()))}</strong></p>`
}

/** Corrected, defended, or still waiting. */
export function replyBadge(context: Context, about: string): TemplateResult {
  const reply = replyTo(context.document, about)
  if (!reply) return badge('warn', t('returned.waiting'), 'wait')
  return badge('good', t(reply.kind === 'corrected' ? 'returned.corrected' : 'returned.defended'), reply.kind === 'corrected' ? 'edit' : 'check')
}

/** The volunteer's own word: needed where the answer stands, welcome where it was corrected. */
export function replyField(context: Context, returned: Returned, about: string): TemplateResult {
  const reply = replyTo(context.document, about)
  const corrected = reply?.kind === 'corrected'
  const key = corrected ? 'returned.add' : isEvidence(about) ? 'returned.defend_evidence' : about ? 'returned.defend' : 'returned.defend_whole'
  return textField({
    id: `reply-${about || 'whole'}`,
    label: t(key),
    ...(corrected || isEvidence(about) ? {} : { help: t('returned.defend_help') }),
    ...(corrected ? { required: false } : {}),
    value: reply?.text ?? '',
    lines: 2,
    maxlength: 500,
    disabled: context.readOnly,
    onInput: (text) => context.change((document) => say(document, returned, about, text)),
  })
}

/** Beside a question: that it came back, and the way to answer it. */
export function reviewNote(context: Context, about: string): TemplateResult | typeof nothing {
  const { returned, document } = context
  if (!returned || !document.review) return nothing
  const at = linesOf(returned).findIndex((one) => one.about === about)
  const asked = linesOf(returned)[at]
  if (!asked) return nothing
  return html`${commentBox(asked)}<p>${replyBadge(context, about)}</p>
    ${bigButton(t('returned.title'), () => context.go(`review/${at + 1}`), { kind: 'secondary', icon: 'return', name: `${t('returned.title')}: ${lineWords(context, about)}` })}`
}

function request(context: Context, returned: Returned, asked: Asked): TemplateResult {
  return html`<li class="stack"><p><strong>${lineWords(context, asked.about)}</strong> ${replyBadge(context, asked.about)}</p>
    ${asked.comments.map((one) => html`<p class="as-written">${one}</p>`)}
    ${replyField(context, returned, asked.about)}</li>`
}

/** At the head of the evidence: which kinds are asked for again, why, and by when. */
export function evidenceRequest(context: Context): TemplateResult | typeof nothing {
  const { returned } = context
  const asked = returned ? evidenceAsked(returned) : []
  if (!returned || !context.document.review || asked.length === 0) return nothing
  return html`<section class="card stack" aria-labelledby="evidence-asked"><h2 class="card__title" id="evidence-asked">${t('returned.evidence_title')}</h2>
    ${whyWords(context, returned)}<ul class="stack">${asked.map((one) => request(context, returned, one))}</ul></section>`
}

/** What the register keeps of this kind. */
export function heldEarlier({ document }: Context, kind: Kind): TemplateResult | typeof nothing {
  const count = earlierOf(document, kind).length
  return count ? html`<p class="help">${t('returned.held', { count })}</p>` : nothing
}

function jump(context: Context, returned: Returned, { about }: Asked): TemplateResult {
  const at = linesOf(returned).findIndex((one) => one.about === about)
  const go = () => context.go(at < 0 ? 'evidence' : `review/${at + 1}`)
  return html`<li>${bigButton(html`${lineWords(context, about)} ${replyBadge(context, about)}`, go, { kind: 'quiet', icon: 'edit', wide: true })}</li>`
}

/** Before sending: every line that came back with what is said to it. */
export function repliesPart(context: Context): TemplateResult | typeof nothing {
  const { returned, document } = context
  if (!returned) return nothing
  const left = unanswered(document, returned).length
  return html`${left ? noticeBox('bad', t('returned.finish_left', { count: left })) : noticeBox('good', t('returned.finish_all'))}
    <ul class="jumps">${askedOf(returned).map((one) => jump(context, returned, one))}</ul>`
}
