"""The file itself: the same bytes for the same workbook, and beside each formula the value it has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from openpyxl import Workbook
from openpyxl.utils.datetime import to_excel
from openpyxl.writer.excel import ExcelWriter

from exports.excel.figures import Formula

# The first moment that a ZIP entry can have.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def write(workbook: Workbook, formulas: Mapping[str, Mapping[str, Formula]], to: BinaryIO) -> None:
    """Write the workbook. `formulas` are those of its cells, by the sheet's title and the cell's coordinate.

    openpyxl stores no values of formulas: programs that do not calculate (previews, telephones, pandas) would show
    nothing.
    """
    by_path = {
        f"xl/worksheets/sheet{position}.xml": formulas.get(sheet.title, {})
        for position, sheet in enumerate(workbook.worksheets, 1)
    }
    with _Package(to, by_path) as package:
        ExcelWriter(workbook, package).write_data()


class _Package(ZipFile):
    """A ZIP whose entries do not say when they were made, and whose sheets hold the values of their formulas."""

    def __init__(self, to: BinaryIO, formulas: Mapping[str, Mapping[str, Formula]]) -> None:
        super().__init__(to, "w", ZIP_DEFLATED)
        self._formulas = formulas

    def write(self, filename: str, arcname: str) -> None:
        """A sheet that openpyxl has written to a file of its own."""
        content = Path(filename).read_bytes()
        formulas = self._formulas.get(arcname)
        self.writestr(arcname, _with_values(content, formulas) if formulas else content)

    def writestr(self, name: str, content: str | bytes) -> None:
        entry = ZipInfo(name, _EPOCH)
        entry.compress_type = ZIP_DEFLATED
        super().writestr(entry, content)


def _with_values(sheet: bytes, formulas: Mapping[str, Formula]) -> bytes:
    root = etree.fromstring(sheet, etree.XMLParser(huge_tree=True, resolve_entities=False))
    for cell in root.iter(f"{_MAIN}c"):
        formula = formulas.get(cell.get("r", ""))
        if formula is None:
            continue
        cell.find(f"{_MAIN}v").text = _stored(formula.value)
        if not isinstance(formula.value, (Decimal, int, date)):
            cell.set("t", "str")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _stored(value: Decimal | int | date | str | None) -> str:
    if isinstance(value, date):
        return repr(to_excel(value))
    return repr(float(value)) if isinstance(value, (Decimal, int)) else value or ""
