/** All texts of the volunteer's app. */
import { addTexts } from '../language.ts'
import enCard from './en/card.ts'
import enEvidence from './en/evidence.ts'
import enForum from './en/forum.ts'
import enHome from './en/home.ts'
import enLock from './en/lock.ts'
import enMembers from './en/members.ts'
import enOutbox from './en/outbox.ts'
import enPlan from './en/plan.ts'
import enQuestions from './en/questions.ts'
import enReturned from './en/returned.ts'
import enShell from './en/shell.ts'
import thCard from './th/card.ts'
import thEvidence from './th/evidence.ts'
import thForum from './th/forum.ts'
import thHome from './th/home.ts'
import thLock from './th/lock.ts'
import thMembers from './th/members.ts'
import thOutbox from './th/outbox.ts'
import thPlan from './th/plan.ts'
import thQuestions from './th/questions.ts'
import thReturned from './th/returned.ts'
import thShell from './th/shell.ts'

addTexts('shell', { th: thShell, en: enShell })
addTexts('home', { th: thHome, en: enHome })
addTexts('members', { th: thMembers, en: enMembers })
addTexts('questions', { th: thQuestions, en: enQuestions })
addTexts('evidence', { th: thEvidence, en: enEvidence })
addTexts('lock', { th: thLock, en: enLock })
addTexts('plan', { th: thPlan, en: enPlan })
addTexts('outbox', { th: thOutbox, en: enOutbox })
addTexts('card', { th: thCard, en: enCard })
addTexts('forum', { th: thForum, en: enForum })
addTexts('returned', { th: thReturned, en: enReturned })
