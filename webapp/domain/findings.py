"""What a rule or a comparison points at, for a person to judge: one line for each code.

A finding is a reason to look, never an accusation. So each line says what is seen, and what else
could explain it. `weight` (1..100) is how early a reviewer should look; the weights of an
interview's open findings are added up. Source: the customer's check 6 (evidence) and check 1
(positions); the numbers are ours and stand with the rules that use them.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCES = ("intake", "evidence", "screening", "back_check", "people", "income")
"""Who points: intake at once, the follow-up on evidence, or one of the later comparisons."""


@dataclass(frozen=True)
class Kind:
    """One code: who finds it, how heavy it is, and its words in both languages."""

    source: str
    weight: int
    th: str
    en: str
    besides_th: str
    besides_en: str

    def words(self, language: str) -> tuple[str, str]:
        """What is seen, and what else could explain it."""
        return (self.en, self.besides_en) if language == "en" else (self.th, self.besides_th)


KINDS: dict[str, Kind] = {
    "photo_same": Kind(
        "evidence",
        40,
        "ภาพถ่ายเหมือนกับภาพของอีกครัวเรือนหนึ่ง",
        "The photo is the same as that of another household",
        "อาจแนบภาพผิดครัวเรือน หรือสองครัวเรือนอยู่บ้านเดียวกันและถ่ายภาพร่วมกัน",
        "A photo may have been attached to the wrong household, or two households of one house "
        "stood in one photo.",
    ),
    "photo_similar": Kind(
        "evidence",
        20,
        "ภาพถ่ายคล้ายกับภาพของอีกครัวเรือนหนึ่งมาก",
        "The photo is much like that of another household",
        "บ้านที่สร้างแบบเดียวกัน ถ่ายจากมุมเดียวกัน หรือถ่ายที่เดียวกันอาจคล้ายกันได้",
        "Houses built alike, or photographed from one spot, can look alike.",
    ),
    "photo_plain": Kind(
        "evidence",
        15,
        "ภาพถ่ายแทบมองไม่เห็นอะไร เช่น มืดหรือขาวทั้งภาพ",
        "The photo shows hardly anything: it is all dark or all bright",
        "อาจถ่ายตอนค่ำ ย้อนแสง หรือนิ้วบังเลนส์",
        "It may have been dusk, against the light, or a finger on the lens.",
    ),
    "position_same": Kind(
        "evidence",
        30,
        "พิกัดตรงกับอีกครัวเรือนหนึ่งทุกหลัก",
        "The coordinates are exactly those of another household",
        "สองครัวเรือนในบ้านหลังเดียวกัน หรือโทรศัพท์ใช้พิกัดเดิมที่จำไว้",
        "Two households may live in one house, or the phone gave the position it remembered.",
    ),
    "position_shared": Kind(
        "evidence",
        25,
        "หลายครัวเรือนอยู่ที่จุดเดียวกัน",
        "Many households stand on one point",
        "ห้องแถว แฟลต หรือนัดสัมภาษณ์รวมกันที่ศาลาหมู่บ้านก็เป็นเช่นนี้ได้",
        "Row houses and flats do so, and interviews held together at the village hall.",
    ),
    "position_centroid": Kind(
        "evidence",
        25,
        "พิกัดตรงกับจุดอ้างอิงของหมู่บ้านหรือกลางตำบล",
        "The position is the reference point of the village or the middle of the subdistrict",
        "บ้านที่อยู่ติดศาลาหรือที่ทำการผู้ใหญ่บ้านอาจตรงกับจุดนี้จริง",
        "A house beside the village hall may really stand there.",
    ),
    "position_default": Kind(
        "evidence",
        35,
        "พิกัดเป็นค่าเริ่มต้นหรือค่าปัดเศษ ไม่ใช่ที่บ้าน",
        "The position is a default or a rounded one, not that of a house",
        "โทรศัพท์บางรุ่นให้ค่านี้เมื่อยังหาตำแหน่งไม่พบ",
        "Some phones say so while they have not found where they are.",
    ),
    "position_outside": Kind(
        "intake",
        25,
        "ตำแหน่งอยู่นอกขอบเขตตำบล",
        "The position lies outside the subdistrict",
        "ขอบเขตในแผนที่อาจคลาดเคลื่อน หรือผู้ให้ข้อมูลอยู่ที่ไร่นาหรือที่ทำงานตอนสัมภาษณ์",
        "The boundary on the map may be off, or the respondent was met in the field or at work.",
    ),
    "position_far": Kind(
        "evidence",
        20,
        "ตำแหน่งไกลจากบ้านหลังอื่นในหมู่บ้านมาก",
        "The position is far from the village's other houses",
        "บ้านที่ปลีกออกไปหรือหมู่บ้านที่มีหลายคุ้มมีจริง หรือสัมภาษณ์กันที่อื่น",
        "There are lone houses and villages of several hamlets; or the interview was elsewhere.",
    ),
    "position_old": Kind(
        "evidence",
        10,
        "พิกัดไม่ได้จับในช่วงเวลาที่สัมภาษณ์",
        "The position was not taken at the time of the interview",
        "โทรศัพท์อาจใช้พิกัดที่จำไว้ หรือมีการปรับนาฬิกาของโทรศัพท์",
        "The phone may have given a remembered position, or its clock was put right.",
    ),
    "position_inaccurate": Kind(
        "intake",
        10,
        "ตำแหน่งคลาดเคลื่อนมากกว่า 500 เมตร",
        "The position is less accurate than 500 metres",
        "ในอาคารหรือที่อับสัญญาณ โทรศัพท์รู้ได้เพียงตำแหน่งคร่าว ๆ",
        "Indoors or without satellites a phone knows only roughly where it is.",
    ),
    "speed_impossible": Kind(
        "evidence",
        35,
        "สองการสัมภาษณ์ต่อกันอยู่ห่างกันเกินกว่าจะเดินทางทัน",
        "Two interviews in a row are farther apart than anybody could travel in the time",
        "พิกัดของหลังใดหลังหนึ่งอาจเป็นค่าที่จำไว้ หรือมีสองคนใช้บัญชีเดียวกันช่วยกันทำงาน",
        "One of the positions may be a remembered one, or two people shared one account.",
    ),
    "evidence_without_file": Kind(
        "intake",
        20,
        "ไม่มีภาพ ลายเซ็น หรือตำแหน่ง",
        "There is no photo, signature or position",
        "ผู้ให้ข้อมูลอาจไม่สะดวกให้ถ่ายภาพ และยินยอมด้วยวาจา",
        "The respondent may have agreed by word of mouth.",
    ),
    "date_differs": Kind(
        "intake",
        10,
        "วันที่สัมภาษณ์ต่างจากวันของทะเบียนกลางเกินหนึ่งวัน",
        "The date of the interview differs from the register's by more than a day",
        "นาฬิกาของโทรศัพท์อาจผิด หรือบันทึกย้อนหลังจากแบบกระดาษ",
        "The phone's clock may be wrong, or a paper form was typed in later.",
    ),
    "member_unexplained": Kind(
        "intake",
        15,
        "สมาชิกจากปีก่อนถูกนำออกโดยไม่บอกเหตุผล",
        "A member of last year was taken out without a reason",
        "อาจย้ายออกหรือเสียชีวิต แต่ลืมบันทึกเหตุผล",
        "They may have moved or died, and the reason was forgotten.",
    ),
    "times_short": Kind(
        "screening",
        20,
        "ใช้เวลาถามสั้นกว่าที่พบในหมู่บ้านเดียวกันมาก",
        "The questions took much less time than is usual in the same village",
        "ผู้ให้ข้อมูลอาจตอบคล่อง คุยจบก่อนแล้วจึงบันทึก หรือคัดจากแบบกระดาษ",
        "The respondent may have been quick, everything talked over first, or a paper form copied.",
    ),
    "straight_line": Kind(
        "screening",
        15,
        "คำตอบเป็นข้อแรกหรือไม่มีใครเกี่ยวข้องเกือบทั้งหมด มากกว่าที่พบในหมู่บ้านเดียวกัน",
        "Nearly all answers are the first of the list or concern nobody, more than in the village",
        "ครัวเรือนที่ไม่มีปัญหาใดเลยมีจริง โดยเฉพาะครัวเรือนเล็ก",
        "There are households where nothing is amiss, small ones above all.",
    ),
    "shortcuts_many": Kind(
        "screening",
        10,
        "ใช้ปุ่ม “ทุกข้อปกติ” หลายส่วน มากกว่าที่พบในหมู่บ้านเดียวกัน",
        "“All as usual” closed more sections than is usual in the same village",
        "ผู้สัมภาษณ์อาจถามครบทุกข้อแล้วจึงใช้ปุ่มนี้เพื่อประหยัดเวลา",
        "Everything may have been asked aloud before the button was used to save time.",
    ),
    "households_alike": Kind(
        "screening",
        25,
        "คำตอบเหมือนกับครัวเรือนก่อนหน้าของผู้สัมภาษณ์คนเดียวกันมากกว่าที่พบทั่วไป",
        "The answers are those of an earlier household of the same volunteer, more than is usual",
        "เครือญาติที่อยู่ติดกันหรือครัวเรือนที่ทำกินแบบเดียวกันตอบเหมือนกันได้",
        "Kin next door, or families that live by the same work, may answer alike.",
    ),
    "income_made_up": Kind(
        "screening",
        15,
        "จำนวนเงินซ้ำกับครัวเรือนอื่นหรือเป็นเลขกลม ๆ มากกว่าที่พบในหมู่บ้านเดียวกัน",
        "Sums of money repeat another household's or are rounder than is usual in the village",
        "ค่าแรงวันละเท่ากัน เบี้ยยังชีพ และหนี้กองทุนที่เท่ากันทำให้ตัวเลขซ้ำได้ หลายคนบอกเป็นเลขกลม",
        "Equal wages, allowances and fund loans repeat, and many people tell round sums.",
    ),
    "close_together": Kind(
        "screening",
        10,
        "เริ่มต่อจากหลังอื่นเกือบทันที หรือดึกกว่าที่พบในหมู่บ้านเดียวกัน",
        "It followed another at once, or was later in the day than is usual in the same village",
        "บ้านติดกัน นัดรวมกันที่เดียว หรือบันทึกจากกระดาษตอนค่ำก็เป็นเช่นนี้ได้",
        "Houses side by side, people met in one place, or paper typed in at night do so.",
    ),
    "same_person": Kind(
        "people",
        60,
        "คนเดียวกันอยู่ในสองครัวเรือน (เลขประจำตัวประชาชนเดียวกัน)",
        "The same person is in two households: the ID number is the same",
        "อาจย้ายบ้านระหว่างปี พิมพ์เลขของฝาแฝดหรือพี่น้องสลับกัน หรือทำงานและค้างคืนอีกบ้านหนึ่ง",
        "They may have moved during the round, twins' numbers may have been mixed up, or they work "
        "and sleep in another house.",
    ),
    "income_high": Kind(
        "income",
        10,
        "รายได้ต่อคนสูงกว่าบ้านอื่นในหมู่บ้านมาก",
        "Income per person far above the village's others",
        "อาจมีคนทำงานต่างประเทศ ขายที่ดิน หรือมีกิจการ",
        "Somebody may work abroad, have sold land or own a business.",
    ),
    "income_low": Kind(
        "income",
        10,
        "รายได้ต่อคนต่ำกว่าบ้านอื่นในหมู่บ้านมาก",
        "Income per person far below the village's others",
        "อาจเป็นผู้สูงอายุอยู่ลำพัง คนตกงาน หรือไม่ได้นับผลผลิตที่กินเอง",
        "Old people living alone or out of work, or what is grown and eaten was not counted.",
    ),
    "income_grown": Kind(
        "income",
        15,
        "รายได้ต่อคนเป็นสามเท่าของปีก่อนหรือมากกว่า",
        "Income per person is three times last year's or more",
        "อาจเริ่มงานใหม่ ขายทรัพย์สิน หรือปีก่อนกรอกไม่ครบ",
        "New work, something sold, or last year's sums were not complete.",
    ),
    "income_shrunk": Kind(
        "income",
        15,
        "รายได้ต่อคนเหลือหนึ่งในสามของปีก่อนหรือน้อยกว่า",
        "Income per person is a third of last year's or less",
        "อาจตกงาน เจ็บป่วย พืชผลเสียหาย หรือคนหาเงินย้ายออก",
        "Lost work, illness, a failed harvest, or who earned has moved out.",
    ),
    "back_check_differs": Kind(
        "back_check",
        45,
        "คำตอบในเวทีสอบทานต่างจากที่บันทึกไว้",
        "What was said at the forum differs from what is written down",
        "ผู้ตอบอาจเป็นคนละคน เข้าใจคำถามต่างกัน จำได้ต่างกัน หรือเรื่องนั้นเปลี่ยนไปหลังการสัมภาษณ์",
        "Another person may have answered, have understood the question otherwise or remember it "
        "otherwise, or things changed after the interview.",
    ),
}


@dataclass(frozen=True)
class Found:
    """One finding about an interview: numbers and codes, nobody's name.

    `other` is the interview on the other side of a pair; it is told the same.
    """

    code: str
    detail: tuple[tuple[str, str | int | float], ...] = ()
    other: str | None = None

    @property
    def weight(self) -> int:
        """How early somebody should look."""
        return KINDS[self.code].weight


def found(code: str, other: str | None = None, **detail: str | int | float) -> Found:
    """A finding of a known code, its details in a fixed order."""
    if code not in KINDS:
        raise KeyError(code)
    return Found(code, tuple(sorted(detail.items())), other)
