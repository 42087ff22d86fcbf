"""The workbook's theme, whose accents are the brand's: what the client adds to the file fits in."""

from __future__ import annotations

import re

from openpyxl.writer.theme import theme_xml

from exports.excel.palette import Palette


def theme(palette: Palette) -> str:
    """Office's theme with the brand's colours as its first accents."""
    written = theme_xml
    for number, colour in enumerate(palette.series, 1):
        written = re.sub(
            rf'(<a:accent{number}>\s*<a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{colour}", written, flags=re.IGNORECASE
        )
    return written
