"""The first page, in the brand's colours: whose it is, what, of when, which version, made by whom."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from agents.interview.rendering import render_date
from exports.colours import mix
from exports.pdf import wording
from exports.pdf.boxes import height_of
from exports.pdf.geometry import PAGE_HEIGHT, PAGE_WIDTH
from exports.pdf.look import Look
from exports.pdf.palette import WHITE
from exports.pdf.text import Text, Type, write_line
from exports.pdf.typefaces import Face

LEFT, WIDE = 64.0, 480.0
_LOGO_WIDE, _LOGO_TALL = 170.0, 54.0


class Cover(Flowable):
    """A whole page. `title` is the document's, `name` the brand's, `facts` what stands at the foot."""

    def __init__(
        self,
        look: Look,
        *,
        title: str,
        subtitle: str,
        client: str,
        brand: str,
        logo: bytes,
        facts: list[tuple[str, str]],
    ) -> None:
        super().__init__()
        self._look, self._title, self._subtitle, self._client = look, title, subtitle, client
        self._brand, self._logo, self._facts = brand, logo, facts

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width, self.height = PAGE_WIDTH, PAGE_HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        self._paint()
        self._name()
        self._head()
        self._foot()

    def _paint(self) -> None:
        canvas, palette = self.canv, self._look.palette
        canvas.setFillColor(HexColor(palette.primary))
        canvas.rect(0, 0, PAGE_WIDTH, PAGE_HEIGHT, stroke=0, fill=1)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setFillColor(HexColor(mix(palette.primary, palette.on_primary, 0.07)))
        canvas.circle(PAGE_WIDTH - 70, PAGE_HEIGHT - 150, 255, stroke=0, fill=1)
        canvas.setFillColor(HexColor(palette.accent))
        canvas.circle(PAGE_WIDTH - 70, PAGE_HEIGHT - 150, 150, stroke=0, fill=1)
        canvas.setFillColor(HexColor(palette.primary))
        canvas.circle(PAGE_WIDTH - 70, PAGE_HEIGHT - 150, 72, stroke=0, fill=1)
        canvas.restoreState()

    def _name(self) -> None:
        canvas, palette = self.canv, self._look.palette
        left = LEFT
        if self._logo:
            image = ImageReader(BytesIO(self._logo))
            wide, tall = image.getSize()
            scale = min(_LOGO_WIDE / wide, _LOGO_TALL / tall)
            wide, tall = wide * scale, tall * scale
            canvas.setFillColor(HexColor(WHITE))
            canvas.roundRect(left, PAGE_HEIGHT - 64 - tall - 20, wide + 28, tall + 20, 6, stroke=0, fill=1)
            canvas.drawImage(image, left + 14, PAGE_HEIGHT - 64 - tall - 10, wide, tall, mask="auto")
            left += wide + 28 + 16
        style = Type(size=11, leading=14, face=Face.STRONG, colour=palette.on_primary)
        beside = PAGE_HEIGHT - 64 - 14 if not self._logo else PAGE_HEIGHT - 64 - (tall + 20) / 2 - 4
        write_line(canvas, self._brand, left, beside, style, room=PAGE_WIDTH - 320 - left)

    def _head(self) -> None:
        palette = self._look.palette
        eyebrow = Text(self._subtitle, Type(size=11, leading=15, colour=palette.quiet_on_primary), most_lines=2)
        size = 46 if len(self._title) <= 26 else 36
        title = Text(self._title, self._look.display(size, palette.on_primary), most_lines=3)
        client = Text(self._client, Type(size=17, leading=22, colour=palette.on_primary), most_lines=2)
        top = PAGE_HEIGHT - 232
        for part, after in ((eyebrow, 8), (title, 14), (client, 0)):
            tall = height_of(part, WIDE)
            part.drawOn(self.canv, LEFT, top - tall)
            top -= tall + after

    def _foot(self) -> None:
        canvas, palette = self.canv, self._look.palette
        canvas.setStrokeColor(HexColor(mix(palette.primary, palette.on_primary, 0.35)))
        canvas.setLineWidth(0.75)
        canvas.line(LEFT, 104, PAGE_WIDTH - LEFT, 104)
        wide = (PAGE_WIDTH - 2 * LEFT) / max(1, len(self._facts))
        for at, (name, value) in enumerate(self._facts):
            left = LEFT + at * wide
            label = Type(size=8, leading=10, colour=palette.quiet_on_primary)
            said = Type(size=10.5, leading=13, face=Face.STRONG, colour=palette.on_primary)
            write_line(canvas, name, left, 82, label, room=wide - 14)
            write_line(canvas, value, left, 65, said, room=wide - 14)


def day(value: date, look: Look) -> str:
    """A day as a cover writes it, without its weekday: "22 de noviembre de 2026"."""
    return render_date(value, look.language).split(" ", 1)[1]


def version(numbers: list[int], look: Look) -> tuple[str, str]:
    """The version, or the versions that the chapters have."""
    first, last = min(numbers), max(numbers)
    if first == last:
        return look.say(wording.VERSION), str(first)
    return look.say(wording.VERSIONS), f"{first}–{last}"
