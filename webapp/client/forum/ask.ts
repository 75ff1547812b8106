/** Asking again, a question a screen: who answers, each question, and what was said before it is sealed. */
import { html, type TemplateResult } from 'lit-html'
import type { Question } from '../engine/types.ts'
import type { AppView } from '../interview/app-view.ts'
import { finishButton } from '../interview/finish-button.ts'
import { decline, inWords } from '../interview/question-answer.ts'
import { controlId, plainControl } from '../interview/question-fields.ts'
import { bigButton, bottomBar, choiceButtons, noticeBox, screen, tickBox } from '../ui/components.ts'
import { hasText, t } from '../ui/language.ts'
import { forumPath } from '../ui/router.ts'
import type { Asking } from './asking.ts'
import { type Respondent, RESPONDENTS } from './back-check.ts'
import { headingOf, isSettled } from './questions.ts'
import { houseWords } from './words.ts'

const LAST = 'end'

function stepPath({ forum, house }: Asking, step: number | string): string {
  return forumPath(forum.id, house.id, String(step))
}

/** Where the step leads back to and on to; before the first stands the household. */
function bar(view: AppView, asking: Asking, number: number): TemplateResult {
  const last = asking.questions.length + 1
  const { go } = view.acts
  const next = { next: () => go(stepPath(asking, number < last ? number + 1 : LAST)) }
  return bottomBar({ back: () => go(number > 1 ? stepPath(asking, number - 1) : forumPath(asking.forum.id, asking.house.id)), ...(number > last ? {} : next) })
}

function place(asking: Asking, number: number): TemplateResult {
  const total = asking.questions.length + 1
  const words = t('forum.place', { number, total })
  return html`<progress class="progress__bar question__progress" aria-label=${words} max=${total} .value=${number}></progress>`
}

function over(asking: Asking, number: number): TemplateResult {
  const words = t('forum.place', { number, total: asking.questions.length + 1 })
  return html`<span class="question__place">${words}</span> ${houseWords(asking.house)}`
}

/** Anybody of the house may answer; who it is helps to read a difference. */
function respondent(view: AppView, asking: Asking): TemplateResult {
  const { document } = asking
  return screen({
    over: over(asking, 1),
    title: t('forum.respondent'),
    body: html`${place(asking, 1)}${choiceButtons({
      id: 'respondent', legend: t('forum.respondent'), quietLegend: true, value: document.respondent, disabled: asking.readOnly,
      options: RESPONDENTS.map((name) => ({ name, label_th: t(`forum.respondent_${name}`) })),
      onChange: (name) => asking.change((changed) => {
        changed.respondent = name as Respondent
      }),
    })}`,
    bar: bar(view, asking, 1),
  })
}

function leaveOut(asking: Asking, question: Question): TemplateResult {
  return html`<div class="decline">${tickBox({
    id: `${controlId(question)}-left-out`, label: t('forum.left_out'), value: asking.document.declined.includes(question.id), disabled: asking.readOnly,
    onChange: (yes) => asking.change((document) => decline(document, question.id, yes)),
  })}</div>`
}

/** What the question is about: as the questionnaire's screen says it, or in our words for questions of our own. */
function titleOf({ definition }: Asking, asked: Question): string {
  const own = `forum.about_${asked.id}`
  return headingOf(definition, asked) || t(hasText(own) ? own : 'forum.question')
}

function question(view: AppView, asking: Asking, number: number, asked: Question): TemplateResult {
  return screen({
    over: over(asking, number),
    title: titleOf(asking, asked),
    body: html`${place(asking, number)}<section class="question question--${asked.kind}" data-question=${asked.id}>
      ${plainControl(asking, asked)}${leaveOut(asking, asked)}</section>`,
    bar: bar(view, asking, number),
  })
}

function line(view: AppView, asking: Asking, number: number, words: string, said: string): TemplateResult {
  const act = t(said ? 'forum.change' : 'forum.answer')
  return html`<li class="forum__line ${said ? '' : 'forum__line--open'}"><span>${words}</span><strong>${said || t('forum.unanswered')}</strong>
    ${bigButton(act, () => view.acts.go(stepPath(asking, number)), { kind: 'quiet', icon: 'edit', name: `${act}: ${words}` })}</li>`
}

function saidOf({ document }: Asking, asked: Question): string {
  if (document.declined.includes(asked.id)) return t('forum.left_out')
  return isSettled(asked, document) ? inWords(asked, document.answers[asked.id]) : ''
}

/** What was said, to be read once more: afterwards it is sealed. */
function end(view: AppView, asking: Asking): TemplateResult {
  const { document, questions, open } = asking
  const who = document.respondent ? t(`forum.respondent_${document.respondent}`) : ''
  return screen({
    over: houseWords(asking.house),
    title: t('forum.end'),
    body: html`${noticeBox('info', t('forum.end_help'))}
      <ul class="forum__lines">${line(view, asking, 1, t('forum.respondent'), who)}
        ${questions.map((asked, at) => line(view, asking, at + 2, asked.text_th, saidOf(asking, asked)))}</ul>
      ${finishButton({ readOnly: asking.readOnly, finish: view.acts.forum.finish }, open ? [t('forum.open', { count: open })] : [], t('forum.finish'))}`,
    bar: bar(view, asking, questions.length + 2),
  })
}

/** The step of the address: 1 is who answers, then the questions; anything else the end. */
export function askScreen(view: AppView, asking: Asking, step: string): TemplateResult {
  const number = /^\d+$/.test(step) ? Number(step) : 0
  if (number === 1) return respondent(view, asking)
  const asked = asking.questions[number - 2]
  return asked ? question(view, asking, number, asked) : end(view, asking)
}
