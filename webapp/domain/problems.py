"""Everything that can go wrong at the register, each with its code and its Thai sentence."""

from __future__ import annotations

SENTENCES = {
    "malformed": "ข้อมูลที่ส่งมาอ่านไม่ได้ กรุณาลองส่งใหม่อีกครั้ง",
    "session": "หมดเวลาการใช้งาน กรุณาเข้าสู่ระบบอีกครั้ง ข้อมูลในเครื่องยังอยู่ครบ",
    "csrf": "คำขอนี้ไม่ได้มาจากหน้าของระบบ กรุณาเปิดหน้าใหม่แล้วลองอีกครั้ง",
    "forbidden": "บัญชีนี้ไม่มีสิทธิ์ใช้หน้านี้",
    "not-found": "ไม่พบสิ่งที่ขอ หรือไม่ได้อยู่ในพื้นที่ของท่าน",
    "unknown": "ทะเบียนกลางยังไม่มีรายการนี้ แอปจะส่งให้ใหม่เอง",
    "method": "เรียกหน้านี้ด้วยวิธีที่ไม่ถูกต้อง",
    "busy": "รายการนี้กำลังถูกบันทึกอยู่ รอสักครู่แล้วระบบจะลองใหม่",
    "range": "แฟ้มที่ขอไม่มีส่วนนี้ กรุณาเปิดหน้าใหม่อีกครั้ง",
    "too-large": "ข้อมูลใหญ่เกินกำหนด",
    "unsupported": "ชนิดของข้อมูลไม่ถูกต้อง",
    "hash-mismatch": "ข้อมูลเสียหายระหว่างทาง แอปจะตรวจและส่งให้ใหม่",
    "unreadable": "เปิดซองข้อมูลไม่ได้ แอปจะเก็บไว้และขอให้เจ้าหน้าที่ช่วยตรวจ",
    "unknown-key": "ซองข้อมูลใช้กุญแจที่ไม่รู้จัก แอปจะขอกุญแจใหม่",
    "slow-down": "ส่งถี่เกินไป ระบบจะลองใหม่เองในอีกสักครู่",
    "maintenance": "ทะเบียนกลางหยุดพักชั่วคราว ข้อมูลในเครื่องยังอยู่ครบ",
    "no-space": "พื้นที่เก็บหลักฐานของทะเบียนกลางใกล้เต็ม ระบบจะลองใหม่เอง",
    "server": "ทะเบียนกลางขัดข้อง ข้อมูลในเครื่องยังอยู่ครบ ระบบจะลองใหม่เอง",
    "wrong-password": "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง",
    "service-closed": "บริการนี้ไม่ได้เปิดอยู่ในวันนี้ ดูวันเปิดและวันปิดได้ที่แผนการให้บริการ",
    "throttled": "ใส่รหัสผ่านผิดหลายครั้ง กรุณารอสักครู่แล้วลองใหม่",
}


class Problem(Exception):
    """Something that cannot be done, known by its code; clients act on the code, never the text."""

    def __init__(self, code: str, *, after: int | None = None, sentence: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.after = after
        self._sentence = sentence

    @property
    def sentence(self) -> str:
        """What to tell the person, in plain Thai."""
        return self._sentence or SENTENCES[self.code]
