"""What one measurement found: figures beside what was aimed at, and drawings for the report."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One number with its definition; `aim` is what it should reach, upwards unless `down`."""

    name: str
    value: float
    aim: float | None = None
    down: bool = False
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the aim is reached; nothing where there is none."""
        if self.aim is None:
            return None
        return self.value <= self.aim if self.down else self.value >= self.aim


@dataclass(frozen=True)
class Finding:
    """All that one measurement says: on what, the figures, and drawings (SVG) or tables (HTML) to look at."""

    title: str
    on: str
    figures: list[Figure]
    drawings: list[str] = field(default_factory=list)
