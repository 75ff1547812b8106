"""Who may do what, where: the one table behind guards, generated tests and the docs page.

A route without a line here is refused and fails the build. `area` says how the thing asked for
must lie to the person's areas; row-level security holds the same line in the database.
"""

from __future__ import annotations

from dataclasses import dataclass

from webapp.domain.actors import Role

EVERYBODY = frozenset(Role)
SIGNED_IN = EVERYBODY - {Role.ANONYMOUS}
VOLUNTEERS = frozenset({Role.VOLUNTEER})
REVIEWERS = frozenset({Role.INSPECTOR, Role.OFFICER})
ASKERS = REVIEWERS | VOLUNTEERS
DESK = frozenset({Role.INSPECTOR, Role.VIEWER, Role.OFFICER})
OFFICERS = frozenset({Role.OFFICER})

ANY_AREA = "any"
OWN_AREA = "inside own areas"
OWN_WORK = "own work or assignment"


@dataclass(frozen=True)
class Rule:
    """One line of the table: who, what in Thai, where, and whether they prove anew who they are."""

    roles: frozenset[Role]
    act_th: str
    area: str = ANY_AREA
    hand_in: bool = False
    step_up: bool = False

    def allows(self, role: Role) -> bool:
        """Whether the role may do this at all; where is the area's part."""
        return role in self.roles


ROUTES: dict[str, Rule] = {
    "static": Rule(EVERYBODY, "แฟ้มของแอป"),
    "pages.front": Rule(EVERYBODY, "หน้าแรก"),
    "pages.about": Rule(EVERYBODY, "เกี่ยวกับระบบ ที่มาของข้อมูล และสัญญาอนุญาต"),
    "pages.rights": Rule(EVERYBODY, "ตารางสิทธิ์"),
    "pages.health": Rule(EVERYBODY, "ตรวจว่าระบบทำงาน"),
    "auth.sign_in": Rule(EVERYBODY, "เข้าสู่ระบบ"),
    "auth.passkey": Rule(EVERYBODY, "เข้าสู่ระบบด้วยกุญแจผ่าน"),
    "second.show": Rule(EVERYBODY, "ยืนยันขั้นที่สองตอนเข้าสู่ระบบ"),
    "second.enrol": Rule(EVERYBODY, "ตั้งค่าแอปยืนยันตัวตน"),
    "first.enter": Rule(EVERYBODY, "ใส่รหัสเข้าใช้ครั้งแรก"),
    "first.choose": Rule(EVERYBODY, "ตั้งรหัสผ่านหรือกุญแจผ่านด้วยรหัสเข้าใช้"),
    "proof.page": Rule(SIGNED_IN, "ยืนยันตัวตนอีกครั้ง"),
    "proof.go_on": Rule(SIGNED_IN, "ทำรายการที่รอการยืนยันตัวตน"),
    "me.page": Rule(SIGNED_IN, "ดูบัญชีของตน", OWN_WORK),
    "me.password": Rule(SIGNED_IN, "เปลี่ยนรหัสผ่านของตน", OWN_WORK),
    "me.add_passkey": Rule(SIGNED_IN, "เพิ่มกุญแจผ่านของตน", OWN_WORK, step_up=True),
    "me.end_passkey": Rule(SIGNED_IN, "ยกเลิกกุญแจผ่านของตน", OWN_WORK),
    "me.name_phone": Rule(SIGNED_IN, "ตั้งชื่อโทรศัพท์ของตน", OWN_WORK),
    "me.revoke_phone": Rule(SIGNED_IN, "ระงับโทรศัพท์ของตน", OWN_WORK),
    "me.end_session": Rule(SIGNED_IN, "ออกจากระบบในที่อื่นของตน", OWN_WORK),
    "me.reset_authenticator": Rule(SIGNED_IN, "เปลี่ยนแอปยืนยันตัวตนของตน", OWN_WORK, step_up=True),
    "auth.sign_out": Rule(EVERYBODY, "ออกจากระบบ"),
    "language.choose": Rule(EVERYBODY, "เปลี่ยนภาษาของหน้าจอ"),
    "pwa.shell": Rule(EVERYBODY, "เปิดแอปเก็บข้อมูล"),
    "pwa.service_worker": Rule(EVERYBODY, "แฟ้มของแอป"),
    "pwa.manifest": Rule(EVERYBODY, "แฟ้มของแอป"),
    "pwa.questionnaire": Rule(EVERYBODY, "อ่านแบบสอบถามของรอบ"),
    "sync.openapi": Rule(EVERYBODY, "อ่านคำอธิบาย API"),
    "sync.hello": Rule(SIGNED_IN, "ติดต่อทะเบียนกลางครั้งแรกของวัน", OWN_WORK),
    "sync.plan": Rule(SIGNED_IN, "ถามว่าทะเบียนกลางมีอะไรแล้ว", OWN_WORK, hand_in=True),
    "sync.put_revision": Rule(SIGNED_IN, "ส่งการสัมภาษณ์", OWN_WORK, hand_in=True),
    "whole.put": Rule(SIGNED_IN, "ส่งการสัมภาษณ์พร้อมหลักฐาน", OWN_WORK, hand_in=True),
    "sync.post_revisions": Rule(SIGNED_IN, "ส่งการสัมภาษณ์หลายรายการ", OWN_WORK, hand_in=True),
    "sync.put_evidence": Rule(SIGNED_IN, "ส่งหลักฐานการยินยอม", OWN_WORK, hand_in=True),
    "forums.own": Rule(ASKERS, "รับรายชื่อบ้านที่จะถามซ้ำในเวทีที่ตนเป็นผู้ถาม", OWN_WORK),
    "sync.changes": Rule(VOLUNTEERS, "รับงานที่ได้รับมอบหมาย", OWN_WORK),
    "vault.keep": Rule(SIGNED_IN, "ฝากกุญแจของโทรศัพท์ไว้กับทะเบียนกลาง", OWN_WORK),
    "vault.hand_back": Rule(SIGNED_IN, "ขอกุญแจของโทรศัพท์ตัวเองคืน", OWN_WORK),
    "vault.standing": Rule(SIGNED_IN, "ถามว่าโทรศัพท์นี้ยังเปิดอ่านข้อมูลได้หรือไม่", OWN_WORK, hand_in=True),
    "sync.boundary": Rule(SIGNED_IN, "อ่านขอบเขตตำบล"),
    "review.worklist": Rule(REVIEWERS, "ดูรายการรอตรวจ", OWN_AREA),
    "review.one": Rule(REVIEWERS, "ตรวจการสัมภาษณ์หนึ่งครัวเรือน", OWN_AREA),
    "review.accept": Rule(REVIEWERS, "รับรองการสัมภาษณ์รายครัวเรือน", OWN_AREA),
    "review.give_back": Rule(REVIEWERS, "ส่งการสัมภาษณ์กลับให้แก้ไข", OWN_AREA),
    "review.ask_evidence": Rule(REVIEWERS, "ขอหลักฐานการยินยอมใหม่", OWN_AREA),
    "review.withdraw": Rule(REVIEWERS, "ถอนการรับรองหรือการส่งกลับ", OWN_AREA),
    "review.at_once": Rule(REVIEWERS, "ดูครัวเรือนที่ไม่มีข้อสังเกตเพื่อรับรองพร้อมกัน", OWN_AREA),
    "review.accept_at_once": Rule(REVIEWERS, "รับรองครัวเรือนที่ไม่มีข้อสังเกตพร้อมกัน", OWN_AREA),
    "review.withdraw_at_once": Rule(REVIEWERS, "ถอนการรับรองที่ทำพร้อมกัน", OWN_AREA),
    "map.page": Rule(REVIEWERS, "เปิดแผนที่ตรวจหลักฐาน", OWN_AREA),
    "map.tile": Rule(REVIEWERS, "อ่านแผ่นแผนที่", OWN_AREA),
    "map.boundaries": Rule(REVIEWERS, "อ่านขอบเขตบนแผนที่", OWN_AREA),
    "map.households": Rule(REVIEWERS, "อ่านรายการครัวเรือนบนแผนที่", OWN_AREA),
    "map.filters": Rule(REVIEWERS, "อ่านตัวเลือกการกรอง", OWN_AREA),
    "map.basemap": Rule(REVIEWERS, "อ่านแผนที่ฐาน"),
    "interviews.household": Rule(REVIEWERS, "เปิดครัวเรือนหนึ่งหลังจากแผนที่", OWN_AREA),
    "interviews.panel": Rule(REVIEWERS, "เปิดการสัมภาษณ์หนึ่งครัวเรือน", OWN_AREA),
    "triage.chosen": Rule(REVIEWERS, "เลือกครัวเรือนบนแผนที่มาดูทีละหลัง", OWN_AREA),
    "triage.accept": Rule(REVIEWERS, "รับรองครัวเรือนจากแผนที่", OWN_AREA),
    "triage.evidence_again": Rule(REVIEWERS, "ขอหลักฐานใหม่จากแผนที่", OWN_AREA),
    "triage.undo": Rule(REVIEWERS, "ถอนการตัดสินใจที่ทำจากแผนที่", OWN_AREA),
    "findings.explain": Rule(REVIEWERS, "ปิดข้อสังเกตพร้อมคำอธิบาย", OWN_AREA),
    "findings.reopen": Rule(REVIEWERS, "เปิดข้อสังเกตอีกครั้ง", OWN_AREA),
    "register.front": Rule(EVERYBODY, "หน้าลงทะเบียน"),
    "register.volunteer": Rule(EVERYBODY, "ลงทะเบียนเป็นอาสาสมัคร"),
    "register.inspector": Rule(EVERYBODY, "ลงทะเบียนเป็นผู้ตรวจสอบ"),
    "register.done": Rule(EVERYBODY, "เห็นรหัสของการลงทะเบียนที่เพิ่งส่ง"),
    "register.noted": Rule(EVERYBODY, "บอกว่าจดรหัสการลงทะเบียนแล้ว"),
    "register.status": Rule(EVERYBODY, "ดูสถานะการลงทะเบียนด้วยรหัส"),
    "register.areas": Rule(EVERYBODY, "อ่านรายชื่อพื้นที่"),
    "register.villages": Rule(EVERYBODY, "ค้นชื่อหมู่บ้าน"),
    "assignments.villages": Rule(OFFICERS, "ดูการมอบหมายงาน", OWN_AREA),
    "assignments.village": Rule(OFFICERS, "ดูการมอบหมายงานของหมู่บ้าน", OWN_AREA),
    "assignments.find": Rule(OFFICERS, "หาบ้านในรายการของหมู่บ้าน", OWN_AREA),
    "assignments.give": Rule(OFFICERS, "มอบหมายหมู่บ้าน", OWN_AREA),
    "assignments.give_households": Rule(OFFICERS, "มอบหมายครัวเรือน", OWN_AREA),
    "assignments.divide": Rule(OFFICERS, "แบ่งงานในหมู่บ้าน", OWN_AREA),
    "assignments.hand_over": Rule(OFFICERS, "ส่งมอบงานให้คนอื่น", OWN_AREA),
    "assignments.end": Rule(OFFICERS, "สิ้นสุดการมอบหมาย", OWN_AREA),
    "assignments.undo": Rule(OFFICERS, "เลิกทำการมอบหมายครั้งล่าสุดของตน", OWN_AREA),
    "orders.listed": Rule(OFFICERS, "ดูคำสั่งแต่งตั้งและผลเทียบกับผู้จัดเก็บ", OWN_AREA),
    "orders.enter": Rule(OFFICERS, "บันทึกคำสั่งแต่งตั้ง", OWN_AREA),
    "orders.one": Rule(OFFICERS, "ดูรายชื่อในคำสั่งแต่งตั้ง", OWN_AREA),
    "orders.match": Rule(OFFICERS, "จับคู่ชื่อในคำสั่งกับบัญชี", OWN_AREA),
    "orders.withdraw": Rule(OFFICERS, "ถอนคำสั่งแต่งตั้ง", OWN_AREA),
    "orders.document": Rule(OFFICERS, "เปิดเอกสารคำสั่งแต่งตั้ง", OWN_AREA),
    "exports.volunteers": Rule(OFFICERS, "ส่งออกรายชื่ออาสาสมัคร", OWN_AREA, step_up=True),
    "entry.make_code": Rule(OFFICERS, "ออกรหัสเข้าใช้ให้ผู้ใช้", OWN_AREA, step_up=True),
    "entry.revoke_phone": Rule(OFFICERS, "ระงับโทรศัพท์ของผู้ใช้", OWN_AREA),
    "entry.end_passkey": Rule(OFFICERS, "ยกเลิกกุญแจผ่านของผู้ใช้", OWN_AREA),
    "entry.reset_authenticator": Rule(OFFICERS, "เริ่มแอปยืนยันตัวตนของผู้ใช้ใหม่", OWN_AREA, step_up=True),
    "people.worklist": Rule(OFFICERS, "ดูรายชื่อคนทำงาน", OWN_AREA),
    "people.search": Rule(OFFICERS, "ค้นหาคนทำงาน", OWN_AREA),
    "people.approve_many": Rule(OFFICERS, "อนุมัติหลายคน", OWN_AREA, step_up=True),
    "people.act_on_many": Rule(OFFICERS, "ไม่อนุมัติหลายคน", OWN_AREA),
    "people.person": Rule(OFFICERS, "ดูข้อมูลคนทำงานหนึ่งคน", OWN_AREA),
    "people.approve": Rule(OFFICERS, "อนุมัติหนึ่งคน", OWN_AREA, step_up=True),
    "people.resume": Rule(OFFICERS, "ให้คนที่พักไว้กลับมาทำงาน", OWN_AREA, step_up=True),
    "people.act": Rule(OFFICERS, "ไม่อนุมัติ พัก หรือลบหนึ่งคน", OWN_AREA),
    "people.unmask": Rule(OFFICERS, "เปิดดูเลขประจำตัวและเบอร์โทรเต็ม", OWN_AREA, step_up=True),
    "people.edit": Rule(OFFICERS, "แก้ไขข้อมูลคนทำงาน", OWN_AREA),
    "people.transfer": Rule(OFFICERS, "ย้ายคนทำงานไปพื้นที่อื่น", OWN_AREA, step_up=True),
    "people.choose_kind": Rule(OFFICERS, "เลือกว่าจะเพิ่มใคร", OWN_AREA),
    "people.new": Rule(OFFICERS, "เพิ่มคนทำงาน", OWN_AREA, step_up=True),
    "people.import_list": Rule(OFFICERS, "นำเข้ารายชื่อคนทำงาน", OWN_AREA, step_up=True),
    "people.import_example": Rule(OFFICERS, "แฟ้มตัวอย่างของการนำเข้ารายชื่อ", OWN_AREA),
    "office.front": Rule(DESK, "เปิดหน้าหลังบ้าน", OWN_AREA),
    "plan.page": Rule(DESK, "ดูแผนการให้บริการ"),
    "plan.edit": Rule(OFFICERS, "แก้ไขแผนการให้บริการ (กรม)", OWN_AREA),
    "plan.notice": Rule(OFFICERS, "แก้ไขคำชี้แจงของรอบ (กรม)", OWN_AREA),
    "plan.targets": Rule(DESK, "ดูเป้าหมายของพื้นที่ และแก้ไข (กรม)"),
    "plan.copy": Rule(OFFICERS, "คัดลอกรอบไปปีถัดไป (กรม)", OWN_AREA, step_up=True),
    "plan.begin": Rule(OFFICERS, "เปลี่ยนรอบปัจจุบัน (กรม)", OWN_AREA, step_up=True),
    "notices.listed": Rule(SIGNED_IN, "อ่านประกาศถึงตน", OWN_AREA),
    "notices.shown": Rule(SIGNED_IN, "เปิดประกาศถึงตน", OWN_AREA),
    "notices.file": Rule(SIGNED_IN, "เปิดเอกสารของประกาศถึงตน", OWN_AREA),
    "notices.write": Rule(OFFICERS, "เขียนประกาศถึงพื้นที่ของตน", OWN_AREA),
    "notices.withdraw": Rule(OFFICERS, "ถอนประกาศของพื้นที่ของตน", OWN_AREA),
    "announced.listed": Rule(SIGNED_IN, "รับประกาศไว้อ่านในโทรศัพท์", OWN_AREA),
    "announced.read": Rule(SIGNED_IN, "บอกว่าอ่านประกาศแล้ว", OWN_AREA),
    "own_card.shown": Rule(VOLUNTEERS, "ดูบัตรคุณภาพงานของตน", OWN_WORK),
    "own_card.reply": Rule(VOLUNTEERS, "ชี้แจงข้อสังเกตเกี่ยวกับงานของตน", OWN_WORK),
    "areas.listed": Rule(OFFICERS, "ดูพื้นที่และหมู่บ้านของตน", OWN_AREA),
    "areas.lacking": Rule(OFFICERS, "ดูหมู่บ้านที่ยังขาดข้อมูล", OWN_AREA),
    "areas.village": Rule(OFFICERS, "แก้ไขข้อมูลหมู่บ้าน", OWN_AREA),
    "areas.administrations": Rule(OFFICERS, "ดู อปท. ในพื้นที่ของตน", OWN_AREA),
    "areas.administration": Rule(OFFICERS, "เพิ่มและแก้ไข อปท.", OWN_AREA),
    "areas.import_administrations": Rule(OFFICERS, "นำเข้ารายชื่อ อปท.", OWN_AREA),
    "audit.listed": Rule(OFFICERS, "อ่านบันทึกการทำงาน", OWN_AREA),
    "progress.page": Rule(SIGNED_IN, "ดูความก้าวหน้าของการจัดเก็บ", OWN_AREA),
    "progress.figures": Rule(SIGNED_IN, "อ่านตัวเลขความก้าวหน้า", OWN_AREA),
    "screening.listed": Rule(REVIEWERS, "ดูเหตุที่ควรดูของการสัมภาษณ์ในพื้นที่ของตน", OWN_AREA),
    "screening.one": Rule(REVIEWERS, "ดูเหตุที่ควรดูของอาสาสมัครคนหนึ่ง", OWN_AREA),
    "quality.page": Rule(DESK, "ดูคุณภาพข้อมูลของพื้นที่ของตน", OWN_AREA),
    "quality.of_area": Rule(DESK, "ดูคุณภาพข้อมูลของพื้นที่หนึ่ง", OWN_AREA),
    "quality.figures": Rule(DESK, "อ่านตัวเลขคุณภาพข้อมูล", OWN_AREA),
    "quality.exceptions": Rule(REVIEWERS, "ดูครัวเรือนที่ประเด็นตรวจชี้", OWN_AREA),
    "quality.clear": Rule(REVIEWERS, "บันทึกว่าข้อยกเว้นถูกต้องแล้ว หรือเปิดใหม่", OWN_AREA),
    "quality.read": Rule(REVIEWERS, "บันทึกว่าอ่านคำอธิบายแล้ว", OWN_AREA),
    "quality.explain": Rule(OFFICERS, "อธิบายตัวเลขของหมู่บ้าน", OWN_AREA),
    "forum.listed": Rule(REVIEWERS, "ดูเวทีสอบทานในพื้นที่ของตน", OWN_AREA),
    "forum.village": Rule(REVIEWERS, "ดูเวทีสอบทานของหมู่บ้าน", OWN_AREA),
    "forum.draw": Rule(REVIEWERS, "สุ่มครัวเรือนตัวอย่างของหมู่บ้าน", OWN_AREA),
    "forum.sheet": Rule(REVIEWERS, "พิมพ์ใบเรียกครัวเรือนในเวที", OWN_AREA),
    "forum.name": Rule(REVIEWERS, "เลือกผู้ถามในเวที", OWN_AREA),
    "forum.end_naming": Rule(REVIEWERS, "ให้ผู้ถามในเวทีพ้นหน้าที่", OWN_AREA),
    "forum.close": Rule(REVIEWERS, "ปิดเวทีสอบทาน", OWN_AREA),
    "forum.reopen": Rule(REVIEWERS, "เปิดเวทีสอบทานอีกครั้ง", OWN_AREA),
    "forum.compared": Rule(REVIEWERS, "เทียบคำตอบในเวทีกับแบบสอบถาม", OWN_AREA),
    "conflicts.listed": Rule(REVIEWERS, "ดูข้อขัดแย้งและของที่รับไว้รอตรวจ", OWN_AREA),
    "conflicts.matter": Rule(REVIEWERS, "เปิดเรื่องที่ขัดแย้งหรือรอตรวจ", OWN_AREA),
    "conflicts.settle": Rule(REVIEWERS, "เลือกทั้งฉบับ นำเข้า หรือเก็บไว้ พร้อมเหตุผล", OWN_AREA),
    "conflicts.swap": Rule(REVIEWERS, "เปลี่ยนว่าการสัมภาษณ์ใดของบ้านเป็นฉบับที่ใช้", OWN_AREA),
    "conflicts.merge": Rule(OFFICERS, "เลือกทีละคำตอบจากสองฝั่งเป็นฉบับใหม่", OWN_AREA),
    "conflicts.pair": Rule(REVIEWERS, "ดูคนเดียวกันในสองครัวเรือน", OWN_AREA),
    "override.page": Rule(OFFICERS, "ดูคำตอบที่จะแก้โดยเจ้าหน้าที่", OWN_AREA),
    "override.change": Rule(OFFICERS, "แก้คำตอบพร้อมเหตุผล", OWN_AREA),
    "readiness.page": Rule(REVIEWERS, "ดูสิ่งที่ยังขวางการรับรองพื้นที่", OWN_AREA),
    "working_group.listed": Rule(REVIEWERS, "ดูคณะทำงานระดับตำบล", OWN_AREA),
    "working_group.enter": Rule(OFFICERS, "เพิ่มคนในคณะทำงานระดับตำบล", OWN_AREA),
    "working_group.correct": Rule(OFFICERS, "แก้ไขคนในคณะทำงานระดับตำบล", OWN_AREA),
    "working_group.end": Rule(OFFICERS, "บันทึกการพ้นจากคณะทำงาน", OWN_AREA),
    "working_group.attach": Rule(OFFICERS, "แนบรายงานการประชุมคณะทำงาน", OWN_AREA),
    "working_group.withdraw": Rule(OFFICERS, "ถอนรายงานการประชุม", OWN_AREA),
    "working_group.document": Rule(REVIEWERS, "เปิดรายงานการประชุม", OWN_AREA),
    "reconciliation.village": Rule(REVIEWERS, "ดูบ้านในหมู่บ้านเทียบกับทะเบียน", OWN_AREA),
    "reconciliation.settle": Rule(REVIEWERS, "บันทึกเหตุผลของบ้านหนึ่งหลัง", OWN_AREA),
    "reconciliation.confirm": Rule(REVIEWERS, "ยืนยันเหตุผลที่อาสาสมัครรายงาน", OWN_AREA),
    "interviews.evidence": Rule(REVIEWERS, "ดูภาพหลักฐาน", OWN_AREA),
}
