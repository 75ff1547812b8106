/** The consent notice, before the first question: read it, hear it, agree or refuse. */
import { html, nothing, type TemplateResult } from 'lit-html'
import { bigButton, bottomBar, noticeBox, screen } from '../ui/components.ts'
import { thaiTime } from '../ui/dates.ts'
import { t } from '../ui/language.ts'
import type { Context } from './context.ts'
import { readAloud, speaking, stopReading } from './read-aloud.ts'

/** The notice's words as they are read aloud. */
export function sentencesOf(notice: Context['definition']['notice']): string[] {
  return [notice.title_th, ...notice.paragraphs.flatMap((paragraph) => [paragraph.heading_th, paragraph.text_th])]
}

function listen(context: Context): TemplateResult | typeof nothing {
  const state = speaking()
  if (state === 'none') return nothing
  if (state === 'speaking') return bigButton(t('home.notice_stop'), () => stopReading(context.refresh), { kind: 'secondary', icon: 'stop' })
  return bigButton(t('home.notice_listen'), () => {
    readAloud(sentencesOf(context.definition.notice), context.refresh)
    context.change((document) => {
      document.paradata.notice_read_aloud = true
    })
  }, { kind: 'secondary', icon: 'speak' })
}

function decide(context: Context, agreed: boolean): void {
  stopReading(() => {})
  context.change((document) => {
    document.notice = { version: context.definition.notice.version, agreed, shown_at: context.now().toISOString() }
    if (agreed && document.outcome === 'refused') document.outcome = 'interviewed'
    if (!agreed) document.outcome = 'refused'
  })
  context.go(agreed ? 'cover' : 'finish')
}

function decision(context: Context): TemplateResult | typeof nothing {
  const given = context.document.notice
  if (!given) return nothing
  const said = t(given.agreed ? 'home.notice_agreed' : 'home.notice_refused', { time: thaiTime(given.shown_at, context.now()) })
  return noticeBox(given.agreed ? 'good' : 'warn', said)
}

/** คำชี้แจง with its version. */
export function noticeScreen(context: Context): TemplateResult {
  const { notice } = context.definition
  const off = context.readOnly
  return screen({
    title: notice.title_th,
    over: t('home.notice_over'),
    body: html`
      <p class="help">${t(context.document.mode === 'paper' ? 'home.notice_paper' : 'home.notice_how')}</p>
      ${listen(context)}
      <div class="notice-text card">${notice.paragraphs.map((paragraph) => html`<h2>${paragraph.heading_th}</h2><p>${paragraph.text_th}</p>`)}
        <p class="help">${t('home.notice_version', { version: notice.version })}</p></div>
      ${decision(context)}
      <div class="stack">
        ${bigButton(t('home.notice_agree'), () => decide(context, true), { wide: true, icon: 'check', next: true, disabled: off })}
        ${bigButton(t('home.notice_refuse'), () => decide(context, false), { kind: 'bad', wide: true, disabled: off })}</div>`,
    bar: bottomBar({ back: context.back, middle: nothing }),
  })
}
