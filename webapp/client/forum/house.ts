/** A household at the forum: the words that are read out, agreeing, or why it cannot be asked. */
import { html, nothing, type TemplateResult } from 'lit-html'
import type { AppView } from '../interview/app-view.ts'
import { finishButton } from '../interview/finish-button.ts'
import { readAloud, speaking, stopReading } from '../interview/read-aloud.ts'
import { trustedNow } from '../interview/session.ts'
import { bigButton, bottomBar, choiceButtons, noticeBox, screen, textField } from '../ui/components.ts'
import { thaiTime } from '../ui/dates.ts'
import { language, t } from '../ui/language.ts'
import { forumPath } from '../ui/router.ts'
import { FAILURES, LONGEST_NOTE, type Outcome } from './back-check.ts'
import type { HeldForum, House } from './standing.ts'
import { houseWords, onTheWay, stateBadge, villageWords } from './words.ts'

function listen({ acts }: AppView, text: string): TemplateResult | typeof nothing {
  const state = speaking()
  if (state === 'none') return nothing
  if (state === 'speaking') return bigButton(t('home.notice_stop'), () => stopReading(acts.render), { kind: 'secondary', icon: 'stop' })
  return bigButton(t('home.notice_listen'), () => readAloud([text], acts.render), { kind: 'secondary', icon: 'speak' })
}

/** Read out as they stand, in Thai; who reads the app in English is told what they mean. */
function consent(view: AppView, { notice }: HeldForum): TemplateResult {
  return html`<section class="card stack" aria-labelledby="forum-consent"><h2 class="card__title" id="forum-consent">${t('forum.read_out')}</h2>
    <p class="forum__words" lang="th">${notice.text_th}</p>
    ${language() === 'en' ? html`<p class="help" lang="en">${notice.text_en}</p>` : nothing}
    ${listen(view, notice.text_th)}<p class="help">${t('home.notice_version', { version: notice.version })}</p></section>`
}

function starting(view: AppView, forum: HeldForum, house: House): TemplateResult {
  const agree = () => {
    stopReading(() => {})
    view.acts.forum.begin(forum, house)
  }
  if (!house.draft) return html`${consent(view, forum)}${bigButton(t('forum.agree'), agree, { icon: 'check', wide: true, next: true })}`
  return html`<p>${t('home.resume_at', { time: thaiTime(house.draft.updated_at, trustedNow(view.session)) })}</p>
    ${bigButton(t('forum.resume'), agree, { icon: 'pen', wide: true, next: true })}`
}

/** What is being said of this household; of another one nothing is taken over. */
function reasonFor({ chosen }: AppView, { id }: House): AppView['chosen']['forum'] {
  if (chosen.forum.house !== id) chosen.forum = { ...chosen.forum, house: id, outcome: '', note: '' }
  return chosen.forum
}

/** One tap says why, another keeps it: nobody is left out by a slip of the thumb. */
function failing(view: AppView, forum: HeldForum, house: House): TemplateResult {
  const chosen = reasonFor(view, house)
  const options = FAILURES.map((name) => ({ name, label_th: t(`forum.cannot_${name}`) }))
  const outcome = FAILURES.find((name) => name === chosen.outcome)
  return html`<section class="card stack" aria-labelledby="forum-cannot"><h2 class="card__title" id="forum-cannot">${t(house.draft ? 'forum.stop' : 'forum.cannot')}</h2>
    ${choiceButtons({ id: 'forum-outcome', legend: t('forum.why'), quietLegend: true, options, value: chosen.outcome, onChange: (name) => {
      chosen.outcome = name as Outcome
      view.acts.render()
    } })}
    ${outcome ? html`${textField({ id: 'forum-note', label: t('forum.note'), help: t('forum.note_help'), required: false, value: chosen.note, lines: 2, maxlength: LONGEST_NOTE, onInput: (text) => {
      chosen.note = text
    } })}
    ${house.draft ? html`<p class="help">${t('forum.stop_help')}</p>` : nothing}
    ${finishButton({ readOnly: false, finish: () => view.acts.forum.conclude(forum, house, outcome, chosen.note) }, [], t('forum.cannot_keep'))}` : nothing}</section>`
}

function dropping(view: AppView, forum: HeldForum, house: House): TemplateResult | typeof nothing {
  const { chosen, acts } = view
  const { draft } = house
  if (!draft) return nothing
  const ask = (id: string) => {
    chosen.dropping = id
    acts.render()
  }
  if (chosen.dropping !== draft.id) return bigButton(t('forum.drop'), () => ask(draft.id), { kind: 'quiet', icon: 'trash' })
  return noticeBox('bad', html`<p>${t('home.drop_sure')}</p><div class="actions">
    ${bigButton(t('home.drop_yes'), () => acts.forum.drop(forum, house), { kind: 'bad' })}${bigButton(t('home.drop_no'), () => ask(''), { kind: 'secondary' })}</div>`, true)
}

function body(view: AppView, forum: HeldForum, house: House): TemplateResult {
  if (house.state === 'asked') return html`${noticeBox('good', t(house.entry ? 'forum.asked_here' : 'forum.asked_elsewhere'))}${dropping(view, forum, house)}`
  if (house.own) return noticeBox('info', html`<p><strong>${t('forum.own')}</strong></p><p>${t('forum.own_why')}</p>`)
  if (view.session.definition?.id !== forum.questionnaire) return noticeBox('warn', t('home.no_definition'))
  return html`${house.state === 'waiting' ? nothing : noticeBox('info', t('forum.again'))}
    ${starting(view, forum, house)}${failing(view, forum, house)}${dropping(view, forum, house)}`
}

export function forumHouseScreen(view: AppView, forum: HeldForum, house: House): TemplateResult {
  const sent = onTheWay(house)
  return screen({
    over: villageWords(forum),
    personal: true,
    title: houseWords(house),
    body: html`<p>${[house.head_name, house.reserve ? t('forum.reserve') : '', sent].filter(Boolean).join(' · ')} ${stateBadge(house)}</p>
      <div class="stack">${body(view, forum, house)}</div>`,
    bar: bottomBar({ back: () => view.acts.go(forumPath(forum.id)) }),
  })
}
