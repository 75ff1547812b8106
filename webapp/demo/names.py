"""Names nobody has: everyday first names, surnames that say they are made up."""

from __future__ import annotations

from random import Random

MALE = (
    "กิตติ", "ก้องภพ", "คำพันธ์", "จรูญ", "ชัยวัฒน์", "ชูชาติ", "ณรงค์", "ดำรง", "ถาวร", "ทองสุข",
    "ธนา", "นิพนธ์", "บุญมี", "บุญเลิศ", "ประสิทธิ์", "ประเสริฐ", "พรชัย", "พิชิต", "ไพบูลย์", "มงคล",
    "มานพ", "รุ่งโรจน์", "วิชัย", "วีระ", "ศักดา", "สมชาย", "สมพงษ์", "สมหมาย", "สุรชัย", "อำนาจ",
)  # fmt: skip
FEMALE = (
    "กัลยา", "กาญจนา", "แก้วใจ", "คำปุ่น", "จันทร์เพ็ญ", "จินตนา", "ชลธิชา", "ดวงใจ", "ทองใบ", "นงนุช",
    "นารี", "นิภา", "บัวผัน", "บุญเรือง", "ประไพ", "พรทิพย์", "เพ็ญศรี", "มะลิ", "มาลี", "รัตนา",
    "ละออง", "วรรณา", "วันเพ็ญ", "ศรีสุดา", "สมใจ", "สายฝน", "สุดา", "สุภาพ", "อรวรรณ", "อุไร",
)  # fmt: skip
YOUNG_MALE = ("กันต์", "จิรายุ", "ณัฐ", "ธีร์", "ปุณณ์", "ภูผา", "ภูมิ", "วิน", "ศุภกร", "อชิ")
YOUNG_FEMALE = ("กานต์", "ข้าวหอม", "จิรา", "ณิชา", "ปาน", "พิมพ์", "ฟ้าใส", "มินตรา", "วรัญญา", "ไอริน")
SURNAME_BEGINS = ("ตัวอย่าง", "สมมุติ", "จำลอง", "ทดลอง", "นิทาน", "แบบ")
SURNAME_ENDS = ("สุข", "ดี", "มั่นคง", "พัฒนา", "รุ่งเรือง", "เจริญ", "งาม", "ทอง", "ศรี", "ไพร")


def first_name(chance: Random, sex: str, years: int) -> str:
    """A first name as people of that age have."""
    if years < 25:
        return chance.choice(YOUNG_MALE if sex == "male" else YOUNG_FEMALE)
    return chance.choice(MALE if sex == "male" else FEMALE)


def surname(chance: Random) -> str:
    """A surname that nobody could take for a real family's."""
    return chance.choice(SURNAME_BEGINS) + chance.choice(SURNAME_ENDS)
