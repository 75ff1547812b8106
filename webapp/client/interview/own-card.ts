/** งานของฉันเป็นอย่างไร: the volunteer's own figures, what was noticed in kind words, and the right of reply to each. */
import { html, nothing, type TemplateResult } from 'lit-html'
import type { Card, CardFinding, CardReply } from '../offline/index.ts'
import { badge, bigButton, bottomBar, empty, linkButton, noticeBox, screen, textField, type Tone } from '../ui/components.ts'
import { thaiTime } from '../ui/dates.ts'
import { language, t } from '../ui/language.ts'
import type { AppView } from './app-view.ts'
import { trustedNow } from './session.ts'

const LOOKS: Record<string, [Tone, string]> = { open: ['warn', 'card.open'], explained: ['good', 'card.explained'], cleared: ['good', 'card.cleared'] }

/** What may still be explained. */
function unexplained({ findings }: Card): CardFinding[] {
  return findings.filter(({ state, replies }) => state === 'open' && replies.length === 0)
}

/** The way to the card; on the home screen only while there is something to explain. */
export function cardLink({ session }: AppView, onlyNews: boolean): TemplateResult | typeof nothing {
  const count = session.card ? unexplained(session.card).length : 0
  if (onlyNews && !count) return nothing
  return linkButton(count ? t('card.link_new', { count }) : t('card.link'), '/app/card', { icon: 'person', wide: true })
}

function figures(title: string, told: [string, number | undefined][]): TemplateResult {
  return html`<section class="card"><h2 class="card__title">${title}</h2>
    <dl class="definition">${told.map(([key, count]) => html`<dt>${t(key)}</dt><dd>${count ?? 0}</dd>`)}</dl></section>`
}

function counted({ counts, returns }: Card): TemplateResult {
  return html`${figures(t('card.counts'), [['card.interviews', counts.interviews], ['card.accepted', counts.accepted], ['card.received', counts.received], ['card.returned', counts.returned], ['card.with_questions', counts.with_questions]])}
    ${figures(t('card.evidence'), [['card.evidence_good', counts.evidence_good], ['card.evidence_weak', counts.evidence_weak], ['card.evidence_none', counts.evidence_none]])}
    ${returns.given ? figures(t('card.returns'), [['card.given', returns.given], ['card.waiting', returns.waiting], ['card.late', returns.late]]) : nothing}`
}

function said(view: AppView, { text, at }: CardReply): TemplateResult {
  const when = at ? thaiTime(at, trustedNow(view.session)) : badge('info', t('card.reply_waiting'), 'wait')
  return html`<li><p class="help">${t('card.replied')} · ${when}</p><p class="as-written">${text}</p></li>`
}

/** One reply is written at a time; what was typed stays until it is on disk. */
function replying(view: AppView, { id }: CardFinding): TemplateResult {
  const { chosen, acts } = view
  const { reply } = chosen
  if (reply.finding !== id) {
    const open = () => {
      chosen.reply = { finding: id, text: '' }
      acts.render()
    }
    return bigButton(t('card.reply'), open, { kind: 'secondary', icon: 'edit' })
  }
  return html`${textField({ id: `card-reply-${id}`, label: t('card.reply_label'), help: t('card.reply_help'), value: reply.text, lines: 3, maxlength: 750, onInput: (text) => {
      reply.text = text
      acts.render()
    } })}
    ${bigButton(t('card.reply_send'), () => acts.reply(id, reply.text.trim()), { icon: 'check', disabled: !reply.text.trim() })}`
}

function finding(view: AppView, one: CardFinding): TemplateResult {
  const [tone, key] = LOOKS[one.state] ?? (LOOKS.open as [Tone, string])
  const english = language() === 'en'
  const besides = english ? one.besides_en : one.besides_th
  const house = one.house_number ? t('home.house', { number: one.house_number }) : ''
  return html`<li class="card stack"><h3>${(english ? one.en : one.th) || t('card.unknown')}</h3>
    <p>${badge(tone, t(key))} ${house}</p>
    ${besides ? html`<p class="help">${t('card.besides', { words: besides })}</p>` : nothing}
    ${one.replies.length ? html`<ul class="stack">${one.replies.map((reply) => said(view, reply))}</ul>` : nothing}
    ${replying(view, one)}</li>`
}

function findings(view: AppView, card: Card): TemplateResult {
  const all = card.counts.findings ?? 0
  return html`<h2>${t('card.findings')}</h2>
    ${card.findings.length
      ? html`${noticeBox('info', t('card.findings_help'))}${all > card.findings.length ? html`<p class="help">${t('card.findings_some', { shown: card.findings.length, all })}</p>` : nothing}<ul class="stack">${card.findings.map((one) => finding(view, one))}</ul>`
      : noticeBox('good', t('card.findings_none'))}`
}

/** As last fetched; replies wait on the phone until there is a signal. */
export function ownCardScreen(view: AppView): TemplateResult {
  const { card } = view.session
  return screen({
    title: t('card.title'),
    body: card ? html`<p class="help">${t('card.help')}</p>${counted(card)}${findings(view, card)}` : empty(t('card.none'), ''),
    bar: bottomBar({ back: () => view.acts.go('/app/home') }),
  })
}
