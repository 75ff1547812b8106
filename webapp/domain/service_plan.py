"""The services of a round's plan: which there are, when each is open, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from webapp.domain.answer_words import thai_date
from webapp.domain.problems import Problem

THAILAND = timezone(timedelta(hours=7))
RECORDING = "recording"

SERVICES = {
    "publicity": "เผยแพร่ประชาสัมพันธ์ สปอตวิทยุ",
    "briefing": "ชี้แจงผ่านระบบ Video Conference",
    "program": "โปรแกรมจัดเก็บ บันทึกและประมวลผล",
    "volunteer_registration": "ลงทะเบียนอาสาสมัครจัดเก็บข้อมูลรายใหม่",
    "progress_report": "รายงานความก้าวหน้าการจัดเก็บ",
    "manage_volunteers": "จัดการข้อมูลอาสาสมัคร",
    "manage_inspectors": "จัดการข้อมูลผู้ตรวจสอบ",
    "manage_viewers": "จัดการข้อมูลผู้ดูรายงาน",
    "recording": "บันทึกจัดเก็บข้อมูล",
    "volunteer_export": "จัดส่งออกข้อมูลรายชื่ออาสาสมัคร",
    "indicator_report": "รายงานสรุปผลการจัดเก็บรายตัวชี้วัด",
    "mis_dashboard": "รายงานสำหรับผู้บริหาร (MIS)",
    "weekly_campaign_photos": "ภาพการรณรงค์และการจัดเก็บ แจ้งจังหวัดทุกสัปดาห์",
    "problem_report": "รายงานความก้าวหน้า ปัญหา/อุปสรรค",
    "district_certification": "อำเภอรับรองข้อมูล",
    "district_export": "อำเภอส่งออกข้อมูลให้จังหวัด",
    "province_certification": "จังหวัดตรวจสอบและรับรองผล ส่งให้กรม",
}
"""The 17 services of the plan in its order. Source: the letter of 7 April 2565, its annex."""


WORDS = {
    "unplanned": "ยังไม่ได้กำหนดวันเปิด",
    "later": "ยังไม่เปิด จะเปิดตั้งแต่ {opens}",
    "over": "ปิดเมื่อ {closes}",
    "between": "เปิดตั้งแต่ {opens} ถึง {closes}",
    "since": "เปิดตั้งแต่ {opens} เป็นต้นไป",
    "until": "เปิดถึง {closes}",
    "always": "เปิด",
}


@dataclass(frozen=True)
class Window:
    """When one service of a round is open, both days included; a day left out is not limited."""

    service: str
    opens_on: date | None = None
    closes_on: date | None = None
    is_planned: bool = True

    def is_open(self, today: date) -> bool:
        """Whether the service may be used on this day; never before the round has planned it."""
        return self.is_planned and (self.opens_on or date.min) <= today <= (
            self.closes_on or date.max
        )

    def standing(self, today: date) -> str:
        """How it stands on this day: `unplanned`, `later`, `over`, or open in one of four ways."""
        if not self.is_planned:
            return "unplanned"
        if self.opens_on and today < self.opens_on:
            return "later"
        if self.closes_on and today > self.closes_on:
            return "over"
        if self.opens_on and self.closes_on:
            return "between"
        return "since" if self.opens_on else "until" if self.closes_on else "always"

    def days_said(self) -> dict[str, str]:
        """Its days in Buddhist years, for the words that say how it stands."""
        return {"opens": _said(self.opens_on), "closes": _said(self.closes_on)}

    def words_th(self, today: date) -> str:
        """Since when or until when, as of this day, in Buddhist dates."""
        return WORDS[self.standing(today)].format(**self.days_said())


class ServiceClosed(Problem):
    """A service outside its window: it says since when or until when."""

    def __init__(self, window: Window, today: date) -> None:
        super().__init__("service-closed")
        self.window, self.today = window, today

    @property
    def sentence(self) -> str:
        """The service by its name, and how it stands on this day, in Thai."""
        return f"บริการ “{SERVICES[self.window.service]}” {self.window.words_th(self.today)}"


def day_in_thailand(now: datetime) -> date:
    """The day that windows are compared with."""
    return now.astimezone(THAILAND).date()


def _said(day: date | None) -> str:
    return thai_date(day.isoformat()) if day else ""
