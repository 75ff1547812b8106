"""What an import found and did, row by row, in Thai."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from webapp.wording import THAI, say


@dataclass(frozen=True)
class Line:
    """One thing to say about one row (or, without a number, about the whole file)."""

    row: int | None
    kind: str
    message_th: str = ""
    """In Thai alone; left out, the texts have the sentence as `imports.kind`."""
    values: Mapping[str, object] = field(default_factory=dict)

    def written(self, language: str = THAI) -> str:
        """The line as people read it."""
        key = self.kind if "." in self.kind else f"imports.{self.kind}"
        text = self.message_th or say(language, key.replace("-", "_"), **self.values)
        return say(language, "imports.row", row=self.row, text=text) if self.row else text


@dataclass
class ImportReport:
    """Errors stop the whole import; warnings and notes do not."""

    read: int = 0
    added: int = 0
    changed: int = 0
    written: bool = False
    errors: list[Line] = field(default_factory=list)
    warnings: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)

    def refuse(self, row: int | None, kind: str, message_th: str = "", **values: object) -> None:
        """The row cannot be taken as it is."""
        self.errors.append(Line(row, kind, message_th, values))

    def warn(self, row: int | None, kind: str, message_th: str = "", **values: object) -> None:
        """The row is taken, and somebody should look."""
        self.warnings.append(Line(row, kind, message_th, values))

    def note(self, kind: str, message_th: str = "", **values: object) -> None:
        """Something to know about the whole of it."""
        self.notes.append(Line(None, kind, message_th, values))

    def warned(self, kind: str) -> int:
        """How many warnings there are of one kind."""
        return Counter(line.kind for line in self.warnings)[kind]

    def lines(self) -> Iterator[str]:
        """The report as people read it, the outcome last."""
        for title, found in (("ต้องแก้ไข", self.errors), ("ควรตรวจ", self.warnings)):
            for line in found:
                yield f"[{title}] {line.written()}"
        yield from (note.written() for note in self.notes)
        yield f"อ่าน {self.read:,} แถว ต้องแก้ไข {len(self.errors):,} ควรตรวจ {len(self.warnings):,}"
        yield self._outcome()

    def _outcome(self) -> str:
        if self.errors:
            return "ยังไม่ได้นำเข้า กรุณาแก้ไขแฟ้มแล้วลองใหม่"
        done = "นำเข้าแล้ว" if self.written else "ถ้านำเข้าจริง จะได้"
        return f"{done}: เพิ่ม {self.added:,} เปลี่ยน {self.changed:,}"
