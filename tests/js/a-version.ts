/** Questionnaire versions for tests: read from a folder, or small ones written here. */
import { readFileSync, readdirSync } from 'node:fs'
import { compile, evaluate } from '../../webapp/client/engine/index.ts'
import type { Definition, Field, Interview, Question, Rule } from '../../webapp/client/engine/index.ts'

export const HOME = new URL('../../webapp/questionnaires/', import.meta.url)
const EXTRA = new URL('../questionnaires/', import.meta.url)

/** A version as the register merges it from its files. */
export function readVersion(id: string, home: URL = HOME): Definition {
  const folder = new URL(`${id}/`, home)
  const parts = readdirSync(folder).map((name) => {
    const part: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
    return Array.isArray(part) ? { [name.replace('.json', '')]: part } : part
  })
  return Object.assign({}, ...parts) as Definition
}

export const readTiny = (): Definition => readVersion('tiny-3', EXTRA)

const SOURCE = { source: 'test', confidence: 'seen' }
const options = (...names: string[]) => names.map((name) => ({ name, label_th: name }))

export function question(id: string, kind: Question['kind'], more: Partial<Question> = {}): Question {
  return { id, kind, text_th: 'คำถาม', required: true, sensitive: false, ...SOURCE, ...more }
}

/** A people question about everybody, with the groups named. */
export function people(id: string, groups: string[], more: Partial<Question> = {}): Question {
  return question(id, 'people', { eligible: 'true', groups: options(...groups), everyone_th: 'ทุกคน', polarity: 'not', ...more })
}

export function field(id: string, kind: Field['kind'], ...names: string[]): Field {
  return { id, kind, label_th: 'ช่อง', required: false, ...(names.length > 0 && { options: options(...names) }), ...SOURCE }
}

export function rule(id: string, fails_when: string, scope: Rule['scope'] = 'household'): Rule {
  return { id, code: id, severity: 'hard', scope, about: ['1'], fails_when, message_th: 'ข้อความ', ...SOURCE }
}

/** A small sound version about nothing in particular. */
export function aVersion(more: Partial<Definition> = {}): Definition {
  const questions = more.questions ?? someQuestions()
  const asked = questions.filter(({ kind }) => kind !== 'derived').map(({ id }) => id)
  return {
    id: 'test', name_th: 'แบบทดสอบ', indicators: [], rules: [],
    settings: [{ name: 'line', type: 'number', value: 100, label_th: 'เส้น', ...SOURCE }, { name: 'strict', type: 'bool', value: true, label_th: 'เข้ม', ...SOURCE }],
    cover: [field('code', 'digits'), field('land', 'choice', 'own', 'rented')],
    members: [field('name', 'text'), field('birth', 'birth'), field('sex', 'choice', 'male', 'female'), field('head', 'flag'), field('number', 'digits'), field('male', 'text')],
    sections: [{ id: 's', title_th: 'หมวด', title_en: 's', category_no: 1, module: null, enabled: true, screens: [{ id: 'one', title_th: 'หน้า', indicator: null, questions: asked }] }],
    notice: { version: '1', title_th: 'คำชี้แจง', paragraphs: [{ heading_th: 'หัวข้อ', text_th: 'ข้อความ' }] },
    ...more,
    questions,
  }
}

function someQuestions(): Question[] {
  return [
    question('1', 'choice', { options: options('yes', 'no') }),
    question('2', 'choices', { options: options('cash', 'bank', 'none') }),
    question('3', 'number'),
    question('4', 'amount'),
    question('5', 'text'),
    people('6', ['sick', 'away']),
    people('6.1', ['late'], { asked_if: '#1 = yes', eligible: 'age >= 15' }),
    question('7', 'derived', { value: '#3 + #4', paper: true }),
  ]
}

/** Two adults and a child, nothing answered. */
export function anInterview(more: Partial<Interview> = {}): Interview {
  const members = [
    { id: 'm1', name: 'ก', birth: '1980-05-17', sex: 'female', head: true, number: '11' },
    { id: 'm2', name: 'ข', birth: '1979', sex: 'male', number: '12' },
    { id: 'm3', name: 'ค', birth: '2020-02-29', number: '11' },
  ]
  return { date: '2026-11-23', mode: 'doorstep', cover: {}, members, answers: {}, declined: [], ...more }
}

/** What a true/false rule comes to: asked both ways round, since a rule shows only that it is true. */
export function truth(expression: string, more: Partial<Interview> = {}, definition: Partial<Definition> = {}): boolean | null {
  const rules = [rule('is', expression), rule('is_not', `not (${expression})`)]
  const { failures } = evaluate(compile(aVersion({ ...definition, rules })), anInterview(more))
  return failures.length === 0 ? null : failures[0]!.id === 'is'
}

/** What a number comes to. */
export function figure(expression: string, more: Partial<Interview> = {}): number | null {
  const version = aVersion()
  version.questions.push(question('x', 'derived', { value: expression }))
  return evaluate(compile(version), anInterview(more)).values['x'] ?? null
}
