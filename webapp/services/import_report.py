"""What an import found and did, row by row, in Thai."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One thing to say about one row (or, without a number, about the whole file)."""

    row: int | None
    kind: str
    message_th: str

    def written(self) -> str:
        """The line as people read it."""
        return f"แถว {self.row}: {self.message_th}" if self.row else self.message_th


@dataclass
class ImportReport:
    """Errors stop the whole import; warnings and notes do not."""

    read: int = 0
    added: int = 0
    changed: int = 0
    written: bool = False
    errors: list[Line] = field(default_factory=list)
    warnings: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, row: int | None, kind: str, message_th: str) -> None:
        """The row cannot be taken as it is."""
        self.errors.append(Line(row, kind, message_th))

    def warn(self, row: int | None, kind: str, message_th: str) -> None:
        """The row is taken, and somebody should look."""
        self.warnings.append(Line(row, kind, message_th))

    def warned(self, kind: str) -> int:
        """How many warnings there are of one kind."""
        return Counter(line.kind for line in self.warnings)[kind]

    def lines(self) -> Iterator[str]:
        """The report as people read it, the outcome last."""
        for title, found in (("ต้องแก้ไข", self.errors), ("ควรตรวจ", self.warnings)):
            for line in found:
                yield f"[{title}] {line.written()}"
        yield from self.notes
        yield f"อ่าน {self.read:,} แถว ต้องแก้ไข {len(self.errors):,} ควรตรวจ {len(self.warnings):,}"
        yield self._outcome()

    def _outcome(self) -> str:
        if self.errors:
            return "ยังไม่ได้นำเข้า กรุณาแก้ไขแฟ้มแล้วลองใหม่"
        done = "นำเข้าแล้ว" if self.written else "ถ้านำเข้าจริง จะได้"
        return f"{done}: เพิ่ม {self.added:,} เปลี่ยน {self.changed:,}"
